/** Shared between our own packages; not part of the public API. */
@NullMarked
package io.mcpoauth.core.internal;

import org.jspecify.annotations.NullMarked;
