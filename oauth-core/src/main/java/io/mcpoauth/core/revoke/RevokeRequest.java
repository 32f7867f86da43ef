package io.mcpoauth.core.revoke;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A request to the revocation endpoint (RFC 7009 section 2.1).
 *
 * @param form the parameters of the body, never of the URL
 * @param authorization the {@code Authorization} header; null when there is none
 */
public record RevokeRequest(Parameters form, @Nullable Secret authorization) {}
