package io.mcpoauth.core.access;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether a request may pass to a protected resource. */
public sealed interface AccessDecision {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link Granted}. */
    R granted(Granted decision);

    /** What to make of {@link Unauthenticated}. */
    R unauthenticated(Unauthenticated decision);

    /** What to make of {@link InsufficientScope}. */
    R insufficientScope(InsufficientScope decision);

    /** What to make of {@link Unavailable}. */
    R unavailable(Unavailable decision);

    /** What to make of {@link TooManyRequests}. */
    R tooManyRequests(TooManyRequests decision);
  }

  /**
   * It may, on behalf of this user.
   *
   * @param grantId empty where the token is somebody else's, whom the operator trusts
   * @param tokenId empty where the grant's is
   * @param upstreamAccessToken the provider's access token; null when there is none that works
   */
  record Granted(
      User user,
      String clientId,
      String grantId,
      String tokenId,
      Scopes scopes,
      @Nullable Secret upstreamAccessToken)
      implements AccessDecision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.granted(this);
    }
  }

  /**
   * No token, or none that is good here; HTTP 401.
   *
   * @param challenge the value of {@code WWW-Authenticate} (RFC 6750 section 3, RFC 9728 section
   *     5.1)
   * @param error null when no token was sent, so that nothing is said about one
   */
  record Unauthenticated(String challenge, @Nullable OAuthError error) implements AccessDecision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unauthenticated(this);
    }
  }

  /**
   * A good token that is not good enough; HTTP 403.
   *
   * @param challenge the value of {@code WWW-Authenticate}
   */
  record InsufficientScope(String challenge, OAuthError error) implements AccessDecision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.insufficientScope(this);
    }
  }

  /**
   * A good token whose grant is used too often, or a token that was not looked at, since too many
   * forged ones came from its source; HTTP 429.
   *
   * @param retryAfter until the next request may pass
   */
  record TooManyRequests(Duration retryAfter) implements AccessDecision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tooManyRequests(this);
    }
  }

  /** We cannot tell right now; HTTP 503, never 401, which would make clients drop their tokens. */
  record Unavailable() implements AccessDecision {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unavailable(this);
    }
  }
}
