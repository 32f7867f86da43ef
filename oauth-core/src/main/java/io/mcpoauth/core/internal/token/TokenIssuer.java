package io.mcpoauth.core.internal.token;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import io.mcpoauth.core.internal.keys.AccessTokens;
import io.mcpoauth.core.internal.secret.OpaqueToken;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.token.TokenOutcome;
import java.time.Duration;
import java.time.Instant;

/** Answers with tokens once a grant type has done its checks. */
final class TokenIssuer {

  private final AccessTokens accessTokens;
  private final SecretSource random;
  private final Duration lifetime;
  private final AuditLog audit;

  TokenIssuer(AccessTokens accessTokens, SecretSource random, Duration lifetime, AuditLog audit) {
    this.accessTokens = accessTokens;
    this.random = random;
    this.lifetime = lifetime;
    this.audit = audit;
  }

  /** What the tokens are issued for. */
  enum Occasion {
    CODE,
    REFRESH,
    REPEATED_REFRESH
  }

  /**
   * What limits the life of an access token, by storage's clock.
   *
   * @param from its begin
   * @param grantEndsAt an access token does not outlive its grant, and must not say so (TR-13)
   */
  record Life(Instant from, Instant grantEndsAt) {

    Instant end(Duration lifetime) {
      Instant end = from.plus(lifetime);
      return end.isBefore(grantEndsAt) ? end : grantEndsAt;
    }
  }

  /** An access token for the grant, with the refresh token if the client may use one. */
  TokenOutcome issue(
      Occasion occasion,
      Client client,
      Grant grant,
      User user,
      Scopes scopes,
      OpaqueToken refreshToken,
      Life life) {
    String tokenId = random.identifier();
    Instant end = life.end(lifetime);
    Secret accessToken =
        accessTokens.issue(
            new AccessTokenClaims(
                tokenId,
                user.id(),
                client.id(),
                grant.resource(),
                scopes,
                grant.id(),
                user.email(),
                user.name(),
                life.from(),
                end));
    audit.write(event(occasion, grant, scopes, tokenId));
    boolean mayRefresh = client.grantTypes().contains(GrantType.REFRESH_TOKEN);
    return new TokenOutcome.Issued(
        accessToken,
        Duration.between(life.from(), end),
        mayRefresh ? refreshToken.secret() : null,
        scopes);
  }

  private static AuditEvent event(Occasion occasion, Grant grant, Scopes scopes, String tokenId) {
    return occasion == Occasion.CODE
        ? new AuditEvent.TokensIssued(
            grant.id(), grant.clientId(), grant.userId(), grant.resource(), scopes, tokenId)
        : new AuditEvent.TokensRefreshed(
            grant.id(),
            grant.clientId(),
            grant.userId(),
            grant.resource(),
            scopes,
            tokenId,
            occasion == Occasion.REPEATED_REFRESH);
  }
}
