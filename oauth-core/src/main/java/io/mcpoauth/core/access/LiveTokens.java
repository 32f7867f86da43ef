package io.mcpoauth.core.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.keys.AccessTokenClaims;
import io.mcpoauth.core.keys.AccessTokens;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells live access tokens from others without asking storage: the signature is verified once per
 * token, the grant is read once, and the change feed tells of revocations. Audience and expiry are
 * checked each time. Bounded; safe for use by several threads.
 */
public final class LiveTokens {

  private static final int MAX_TOKENS = 100_000;

  private final AccessTokens accessTokens;
  private final GrantDirectory grants;
  private final ChangeWatcher watcher;
  private final Cache<String, AccessTokenClaims> verified =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

  /** Tokens of that issuer. */
  public LiveTokens(AccessTokens accessTokens, GrantDirectory grants, ChangeWatcher watcher) {
    this.accessTokens = accessTokens;
    this.grants = grants;
    this.watcher = watcher;
  }

  /** What is known of a token, whoever asks for that resource. */
  TokenStatus look(String token, ResourceUri resource) {
    AccessTokenClaims claims = claims(token);
    if (claims == null || !isGoodFor(claims, resource)) {
      return new TokenStatus.Dead();
    }
    if (!watcher.isCurrent()) {
      return new TokenStatus.Unknown();
    }
    Optional<KnownGrant> grant = grants.find(claims.grantId());
    return grant.isEmpty() || grants.isRevoked(claims.tokenId())
        ? new TokenStatus.Dead()
        : new TokenStatus.Live(claims, grant.get());
  }

  private boolean isGoodFor(AccessTokenClaims claims, ResourceUri resource) {
    return claims.audience().equals(resource) && watcher.now().isBefore(claims.expiresAt());
  }

  /** Keyed by the whole token: a key that is derived from it would have to be compared with it. */
  private @Nullable AccessTokenClaims claims(String token) {
    AccessTokenClaims known = verified.getIfPresent(token);
    if (known != null) {
      return known;
    }
    AccessTokenClaims claims = accessTokens.verify(Secret.of(token)).orElse(null);
    if (claims != null) {
      verified.put(token, claims);
    }
    return claims;
  }
}
