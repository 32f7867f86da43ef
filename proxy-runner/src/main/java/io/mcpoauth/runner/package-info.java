/** Owns the program's entry. */
@NullMarked
package io.mcpoauth.runner;

import org.jspecify.annotations.NullMarked;
