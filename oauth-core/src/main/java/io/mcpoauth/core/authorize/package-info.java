/** What is asked and answered between the authorization request and the code. */
@NullMarked
package io.mcpoauth.core.authorize;

import org.jspecify.annotations.NullMarked;
