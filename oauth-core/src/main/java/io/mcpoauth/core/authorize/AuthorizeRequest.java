package io.mcpoauth.core.authorize;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A request to the authorization endpoint (OAuth 2.1 section 4.1.1).
 *
 * @param browserSecret the value of the consent cookie; null when the browser has none
 */
public record AuthorizeRequest(Parameters parameters, @Nullable Secret browserSecret) {}
