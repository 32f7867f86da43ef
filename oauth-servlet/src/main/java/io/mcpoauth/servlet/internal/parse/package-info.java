/** From a servlet request to the words of core. */
@NullMarked
package io.mcpoauth.servlet.internal.parse;

import org.jspecify.annotations.NullMarked;
