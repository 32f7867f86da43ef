/** From an outcome of core to an answer. */
@NullMarked
package io.mcpoauth.servlet.render;

import org.jspecify.annotations.NullMarked;
