/**
 * Owns the program's life: puts the parts together, starts them in order, stops them in reverse.
 */
@NullMarked
package io.mcpoauth.runner.lifecycle;

import org.jspecify.annotations.NullMarked;
