package io.mcpoauth.core.token;

import io.mcpoauth.core.keys.AccessTokenClaims;
import io.mcpoauth.core.keys.AccessTokens;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.OpaqueToken;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import java.time.Duration;
import java.time.Instant;

/** Answers with tokens once a grant type has done its checks. */
final class TokenIssuer {

  private final AccessTokens accessTokens;
  private final SecretSource random;
  private final Duration lifetime;

  TokenIssuer(AccessTokens accessTokens, SecretSource random, Duration lifetime) {
    this.accessTokens = accessTokens;
    this.random = random;
    this.lifetime = lifetime;
  }

  /**
   * An access token for the grant, with the refresh token if the client may use one.
   *
   * @param at storage's time, from which the access token's life counts
   */
  TokenOutcome issue(
      Client client, Grant grant, User user, Scopes scopes, OpaqueToken refreshToken, Instant at) {
    Secret accessToken =
        accessTokens.issue(
            new AccessTokenClaims(
                random.identifier(),
                user.id(),
                client.id(),
                grant.resource(),
                scopes,
                grant.id(),
                user.email(),
                user.name(),
                at,
                at.plus(lifetime)));
    boolean mayRefresh = client.grantTypes().contains(GrantType.REFRESH_TOKEN);
    return new TokenOutcome.Issued(
        accessToken, lifetime, mayRefresh ? refreshToken.secret() : null, scopes);
  }
}
