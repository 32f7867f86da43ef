/** What is asked and answered at token revocation (RFC 7009). */
@NullMarked
package io.mcpoauth.core.revoke;

import org.jspecify.annotations.NullMarked;
