/** The revocation of tokens (RFC 7009). */
@NullMarked
package io.mcpoauth.core.internal.revoke;

import org.jspecify.annotations.NullMarked;
