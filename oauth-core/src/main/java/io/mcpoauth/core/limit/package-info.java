/** Owns how many requests of one kind are taken in a time. */
@NullMarked
package io.mcpoauth.core.limit;

import org.jspecify.annotations.NullMarked;
