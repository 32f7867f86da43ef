/** Counts requests against a limit. */
@NullMarked
package io.mcpoauth.core.internal.limit;

import org.jspecify.annotations.NullMarked;
