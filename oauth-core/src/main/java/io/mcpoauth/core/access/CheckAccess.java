package io.mcpoauth.core.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.keys.AccessTokenClaims;
import io.mcpoauth.core.keys.AccessTokens;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bearer token may use a resource (OAuth 2.1 section 5.2), without asking storage: the
 * signature is verified once per token, the grant is read once, and the change feed tells of
 * revocations. Audience, expiry and scope are checked on every request.
 */
public final class CheckAccess {

  private static final String SCHEME = "Bearer ";
  private static final int MAX_TOKENS = 100_000;

  private final AccessTokens accessTokens;
  private final GrantDirectory grants;
  private final ChangeWatcher watcher;
  private final ProviderTokens providerTokens;
  private final Cache<String, AccessTokenClaims> verified =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

  /** Checks tokens of that issuer. */
  public CheckAccess(
      AccessTokens accessTokens,
      GrantDirectory grants,
      ChangeWatcher watcher,
      ProviderTokens providerTokens) {
    this.accessTokens = accessTokens;
    this.grants = grants;
    this.watcher = watcher;
    this.providerTokens = providerTokens;
  }

  /**
   * Decides on a request.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   */
  public AccessDecision check(@Nullable Secret authorization, ProtectedResource resource) {
    String header = authorization == null ? "" : authorization.expose();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Challenges.noToken(resource);
    }
    AccessTokenClaims claims = claims(header.substring(SCHEME.length()).strip());
    if (claims == null || !isGoodFor(claims, resource)) {
      return Challenges.badToken(resource);
    }
    if (!watcher.isCurrent()) {
      return new AccessDecision.Unavailable();
    }
    Optional<KnownGrant> grant = grants.find(claims.grantId());
    if (grant.isEmpty() || grants.isRevoked(claims.tokenId())) {
      return Challenges.badToken(resource);
    }
    if (!claims.scopes().containsAll(resource.scopesRequired())) {
      return Challenges.insufficientScope(resource);
    }
    return withProviderToken(claims, grant.get(), resource);
  }

  private AccessDecision withProviderToken(
      AccessTokenClaims claims, KnownGrant grant, ProtectedResource resource) {
    ProviderToken token = providerTokens.of(grant);
    if (token instanceof ProviderToken.Ended) {
      return Challenges.badToken(resource);
    }
    if (token instanceof ProviderToken.Unavailable) {
      return new AccessDecision.Unavailable();
    }
    return new AccessDecision.Granted(
        grant.profile().user(),
        claims.clientId(),
        claims.grantId(),
        claims.scopes(),
        ((ProviderToken.Usable) token).accessToken());
  }

  private boolean isGoodFor(AccessTokenClaims claims, ProtectedResource resource) {
    return claims.audience().equals(resource.uri()) && watcher.now().isBefore(claims.expiresAt());
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
