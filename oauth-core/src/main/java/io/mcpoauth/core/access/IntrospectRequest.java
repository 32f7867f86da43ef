package io.mcpoauth.core.access;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A request to the introspection endpoint (RFC 7662 section 2.1).
 *
 * @param form the parameters of the body, never of the URL
 * @param authorization the {@code Authorization} header; null when there is none
 */
public record IntrospectRequest(Parameters form, @Nullable Secret authorization) {}
