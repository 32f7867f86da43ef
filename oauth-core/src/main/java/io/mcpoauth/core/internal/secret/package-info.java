/** Opaque tokens: how they are made and told from forged ones. */
@NullMarked
package io.mcpoauth.core.internal.secret;

import org.jspecify.annotations.NullMarked;
