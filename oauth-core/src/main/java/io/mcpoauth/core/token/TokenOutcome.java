package io.mcpoauth.core.token;

import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answer of the token endpoint. */
public sealed interface TokenOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link Issued}. */
    R issued(Issued outcome);

    /** What to make of {@link Refused}. */
    R refused(Refused outcome);
  }

  /**
   * Tokens (OAuth 2.1 section 3.2.3).
   *
   * @param expiresIn the access token's life from now
   * @param refreshToken null when the client may not refresh
   * @param scopes what the tokens are good for
   */
  record Issued(
      Secret accessToken, Duration expiresIn, @Nullable Secret refreshToken, Scopes scopes)
      implements TokenOutcome {

    /**
     * The response as JSON. Neither tokens nor scopes have a character that has to be escaped; no
     * scope at all has no form (RFC 6749 section 3.3).
     */
    public Secret document() {
      String refresh =
          refreshToken == null ? "" : ",\"refresh_token\":\"%s\"".formatted(refreshToken.expose());
      String scope = scopes.isEmpty() ? "" : ",\"scope\":\"%s\"".formatted(scopes);
      return Secret.of(
          "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s%s}"
              .formatted(accessToken.expose(), expiresIn.toSeconds(), refresh, scope));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.issued(this);
    }
  }

  /** No tokens (OAuth 2.1 section 3.2.4). */
  record Refused(OAuthError error) implements TokenOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }
}
