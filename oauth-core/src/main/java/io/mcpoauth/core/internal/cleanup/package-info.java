/** The removal of what has ended. */
@NullMarked
package io.mcpoauth.core.internal.cleanup;

import org.jspecify.annotations.NullMarked;
