package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import io.mcpoauth.core.internal.limit.RateLimiter;
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
  private final ForeignTokens foreignTokens;

  /**
   * Checks those tokens, and how often the grants that they belong to are used.
   *
   * @param foreignTokens says which others are good
   */
  public CheckAccess(
      LiveTokens tokens,
      ProviderTokens providerTokens,
      RateLimiter limiter,
      ForeignTokens foreignTokens) {
    this.tokens = tokens;
    this.providerTokens = providerTokens;
    this.limiter = limiter;
    this.foreignTokens = foreignTokens;
  }

  /**
   * Decides on a request.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   * @param source tells who sent it, if anybody can; asked for tokens that were not seen before
   */
  public AccessDecision check(
      @Nullable Secret authorization, ProtectedResource resource, @Nullable Supplier<?> source) {
    String token = bearer(authorization);
    if (token == null) {
      return Challenges.noToken(resource);
    }
    TokenStatus status = tokens.look(token, resource.uri(), source);
    if (status instanceof TokenStatus.NotOurs) {
      return foreignTokens.check(token, resource, source);
    }
    if (status instanceof TokenStatus.Unknown) {
      return new AccessDecision.Unavailable();
    }
    if (status instanceof TokenStatus.Unseen unseen) {
      return new AccessDecision.TooManyRequests(unseen.retryAfter());
    }
    if (!(status instanceof TokenStatus.Live live)) {
      return Challenges.badToken(resource);
    }
    if (!isWideEnough(live, resource)) {
      return Challenges.insufficientScope(resource);
    }
    Optional<Duration> wait = limiter.take(live.claims().grantId());
    return wait.isPresent()
        ? new AccessDecision.TooManyRequests(wait.get())
        : withProviderToken(live, resource);
  }

  /**
   * What would be granted, when memory alone can tell.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   */
  public Optional<Granted> grantedAtOnce(
      @Nullable Secret authorization, ProtectedResource resource) {
    String token = bearer(authorization);
    Optional<TokenStatus.Live> known =
        token == null ? Optional.empty() : tokens.known(token, resource.uri());
    if (known.isEmpty() || !isWideEnough(known.get(), resource)) {
      return Optional.empty();
    }
    TokenStatus.Live live = known.get();
    return providerTokens
        .lasting(live.grant())
        .filter(lasting -> limiter.take(live.claims().grantId()).isEmpty())
        .map(lasting -> granted(live, lasting));
  }

  private static @Nullable String bearer(@Nullable Secret authorization) {
    String header = authorization == null ? "" : authorization.expose();
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : null;
  }

  private static boolean isWideEnough(TokenStatus.Live live, ProtectedResource resource) {
    return live.claims().scopes().containsAll(resource.scopesRequired());
  }

  private AccessDecision withProviderToken(TokenStatus.Live live, ProtectedResource resource) {
    ProviderToken token = providerTokens.of(live.grant());
    if (token instanceof ProviderToken.Ended) {
      return Challenges.badToken(resource);
    }
    return token instanceof ProviderToken.Usable usable
        ? granted(live, usable)
        : new AccessDecision.Unavailable();
  }

  private static Granted granted(TokenStatus.Live live, ProviderToken.Usable token) {
    AccessTokenClaims claims = live.claims();
    return new Granted(
        live.grant().profile().user(),
        claims.clientId(),
        claims.grantId(),
        claims.tokenId(),
        claims.scopes(),
        token.accessToken());
  }
}
