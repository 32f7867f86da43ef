/** The removal of what has ended. */
@NullMarked
package io.mcpoauth.core.cleanup;

import org.jspecify.annotations.NullMarked;
