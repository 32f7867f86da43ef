/** Identity providers that speak OpenID Connect or OAuth 2.0 over HTTP. */
@NullMarked
package io.mcpoauth.core.provider;

import org.jspecify.annotations.NullMarked;
