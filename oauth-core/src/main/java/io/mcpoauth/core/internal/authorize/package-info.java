/** The steps from the authorization request to the code. */
@NullMarked
package io.mcpoauth.core.internal.authorize;

import org.jspecify.annotations.NullMarked;
