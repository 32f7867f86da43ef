/** Owns where a request comes from, and how many may come from there. */
@NullMarked
package io.mcpoauth.servlet.limit;

import org.jspecify.annotations.NullMarked;
