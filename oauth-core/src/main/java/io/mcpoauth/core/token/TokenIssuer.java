package io.mcpoauth.core.token;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
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
   * An access token for the grant, with the refresh token if the client may use one.
   *
   * @param at storage's time, from which the access token's life counts
   */
  TokenOutcome issue(
      Occasion occasion,
      Client client,
      Grant grant,
      User user,
      Scopes scopes,
      OpaqueToken refreshToken,
      Instant at) {
    String tokenId = random.identifier();
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
                at,
                at.plus(lifetime)));
    audit.write(event(occasion, grant, scopes, tokenId));
    boolean mayRefresh = client.grantTypes().contains(GrantType.REFRESH_TOKEN);
    return new TokenOutcome.Issued(
        accessToken, lifetime, mayRefresh ? refreshToken.secret() : null, scopes);
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
