package io.mcpoauth.core.client;

import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A client registration request (RFC 7591 section 3.1).
 *
 * @param body the request body, which must be a JSON object
 * @param authorization the {@code Authorization} header; null when there is none
 */
public record RegistrationRequest(String body, @Nullable Secret authorization) {}
