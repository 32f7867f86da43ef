/** From an outcome of core to an answer. */
@NullMarked
package io.mcpoauth.servlet.internal.render;

import org.jspecify.annotations.NullMarked;
