package io.mcpoauth.core.model;

import io.mcpoauth.core.secret.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The provider's tokens of one grant.
 *
 * @param refreshToken null when the provider gave none
 * @param expiresAt when the access token ends; null when the provider did not say or it never ends
 */
public record UpstreamTokens(
    Secret accessToken, @Nullable Secret refreshToken, @Nullable Instant expiresAt) {}
