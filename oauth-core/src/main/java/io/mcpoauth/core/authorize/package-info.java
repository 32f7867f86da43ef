/** From the authorization request to the code: start, consent, callback. */
@NullMarked
package io.mcpoauth.core.authorize;

import org.jspecify.annotations.NullMarked;
