package io.mcpoauth.core.access;

import io.mcpoauth.core.keys.AccessTokenClaims;
import io.mcpoauth.core.limit.RateLimiter;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether a bearer token may use a resource (OAuth 2.1 section 5.2). */
public final class CheckAccess {

  private static final String SCHEME = "Bearer ";

  private final LiveTokens tokens;
  private final ProviderTokens providerTokens;
  private final RateLimiter limiter;

  /** Checks those tokens, and how often the grants that they belong to are used. */
  public CheckAccess(LiveTokens tokens, ProviderTokens providerTokens, RateLimiter limiter) {
    this.tokens = tokens;
    this.providerTokens = providerTokens;
    this.limiter = limiter;
  }

  /**
   * Decides on a request.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   * @param source tells who sent it, if anybody can; asked for tokens that were not seen before
   */
  public AccessDecision check(
      @Nullable Secret authorization, ProtectedResource resource, @Nullable Supplier<?> source) {
    String header = authorization == null ? "" : authorization.expose();
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Challenges.noToken(resource);
    }
    TokenStatus status =
        tokens.look(header.substring(SCHEME.length()).strip(), resource.uri(), source);
    if (status instanceof TokenStatus.Unknown) {
      return new AccessDecision.Unavailable();
    }
    if (status instanceof TokenStatus.Unseen unseen) {
      return new AccessDecision.TooManyRequests(unseen.retryAfter());
    }
    if (!(status instanceof TokenStatus.Live live)) {
      return Challenges.badToken(resource);
    }
    if (!live.claims().scopes().containsAll(resource.scopesRequired())) {
      return Challenges.insufficientScope(resource);
    }
    Optional<Duration> wait = limiter.take(live.claims().grantId());
    return wait.isPresent()
        ? new AccessDecision.TooManyRequests(wait.get())
        : withProviderToken(live.claims(), live.grant(), resource);
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
        claims.tokenId(),
        claims.scopes(),
        ((ProviderToken.Usable) token).accessToken());
  }
}
