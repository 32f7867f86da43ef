package io.mcpoauth.core.token;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A request to the token endpoint (OAuth 2.1 section 3.2).
 *
 * @param form the parameters of the body, never of the URL
 * @param authorization the {@code Authorization} header; null when there is none
 */
public record TokenRequest(Parameters form, @Nullable Secret authorization) {}
