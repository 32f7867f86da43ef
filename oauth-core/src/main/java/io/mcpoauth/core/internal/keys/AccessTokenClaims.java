package io.mcpoauth.core.internal.keys;

import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an access token says (RFC 9068 section 2.2).
 *
 * @param tokenId {@code jti}
 * @param subject {@code sub}, the user's id
 * @param audience {@code aud}, the one resource it is good for
 * @param grantId the grant it belongs to, claim {@code grant_id}
 * @param email claim {@code email}, or null
 * @param name claim {@code name}, or null
 * @param issuedAt {@code iat}, by storage's clock
 * @param expiresAt {@code exp}
 */
public record AccessTokenClaims(
    String tokenId,
    String subject,
    String clientId,
    ResourceUri audience,
    Scopes scopes,
    String grantId,
    @Nullable String email,
    @Nullable String name,
    Instant issuedAt,
    Instant expiresAt) {}
