package io.mcpoauth.core.internal.revoke;

import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.client.ClientAuthentication;
import io.mcpoauth.core.internal.client.ClientAuthenticator;
import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import io.mcpoauth.core.internal.keys.AccessTokens;
import io.mcpoauth.core.internal.secret.OpaqueToken;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Token revocation (RFC 7009). A refresh token takes its whole grant with it; an access token dies
 * alone. A token of another client stays as it is, and the caller is not told (RV-05).
 */
public final class RevokeToken {

  private static final List<String> SINGLE_PARAMETERS = List.of("token", "token_type_hint");

  private final ClientAuthenticator clients;
  private final GrantStore grants;
  private final OpaqueTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final AuditLog audit;

  /** Revokes tokens of these kinds. */
  public RevokeToken(
      ClientAuthenticator clients,
      GrantStore grants,
      OpaqueTokens refreshTokens,
      AccessTokens accessTokens,
      AuditLog audit) {
    this.clients = clients;
    this.grants = grants;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.audit = audit;
  }

  /**
   * Revokes the token of the request; the hint is not needed, since our kinds of token cannot be
   * taken for each other (RV-03).
   */
  public RevokeOutcome revoke(RevokeRequest request) {
    Parameters form = request.form();
    ClientAuthentication authentication = clients.authenticate(form, request.authorization());
    if (authentication instanceof ClientAuthentication.Failed failed) {
      return noted(new RevokeOutcome.Refused(failed.error()), null);
    }
    Client client = ((ClientAuthentication.Authenticated) authentication).client();
    String token = form.get("token");
    if (token == null || form.isAnyRepeated(SINGLE_PARAMETERS)) {
      return noted(
          new RevokeOutcome.Refused(
              new OAuthError(
                  ErrorCode.INVALID_REQUEST, "token must stand once, and its hint at most once")),
          client.id());
    }
    revoke(client, token);
    return new RevokeOutcome.Done();
  }

  private RevokeOutcome noted(RevokeOutcome.Refused refused, @Nullable String clientId) {
    audit.write(RequestRefused.of(Endpoint.REVOKE, refused.error(), clientId));
    return refused;
  }

  private void revoke(Client client, String text) {
    Optional<OpaqueToken> refreshToken = refreshTokens.parse(text);
    if (refreshToken.isPresent()) {
      revokeGrant(client, refreshToken.get().id());
    } else {
      accessTokens
          .verify(Secret.of(text))
          .filter(claims -> claims.clientId().equals(client.id()))
          .ifPresent(this::revokeAccessToken);
    }
  }

  private void revokeGrant(Client client, String grantId) {
    grants
        .findUsable(grantId)
        .filter(grant -> grant.clientId().equals(client.id()))
        .ifPresent(grant -> grants.revoke(grant.id(), RevocationReason.CLIENT_REQUEST));
  }

  private void revokeAccessToken(AccessTokenClaims claims) {
    // Expired or not: no clock but storage's may decide (RS-12).
    grants.revokeAccessToken(claims.tokenId(), claims.grantId(), claims.expiresAt());
  }
}
