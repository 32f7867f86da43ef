package io.mcpoauth.core.model;

import io.mcpoauth.core.protocol.RedirectUri;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A grant as its user may see it.
 *
 * @param redirectUri where its code went; null when that is not kept any more
 * @param since when its code was redeemed, by storage's clock
 * @param lastUsed when its last refresh token was issued, by storage's clock
 */
public record UserGrant(
    Grant grant, @Nullable RedirectUri redirectUri, Instant since, Instant lastUsed) {}
