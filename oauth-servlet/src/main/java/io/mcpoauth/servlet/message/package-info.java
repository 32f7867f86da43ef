/** HTTP messages as values, free of servlet and engine types. */
@NullMarked
package io.mcpoauth.servlet.message;

import org.jspecify.annotations.NullMarked;
