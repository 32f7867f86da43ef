package io.mcpoauth.core.internal.token;

import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.client.ClientAuthentication;
import io.mcpoauth.core.internal.client.ClientAuthenticator;
import io.mcpoauth.core.internal.keys.AccessTokens;
import io.mcpoauth.core.internal.model.OfferedResources;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.profile.SealRenewal;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint (OAuth 2.1 section 3.2): authenticates the client, then asks its grant type.
 */
public final class IssueTokens {

  private static final List<String> SINGLE_PARAMETERS =
      List.of("grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope");

  private final ClientAuthenticator clients;
  private final ExchangeCode exchangeCode;
  private final RefreshGrant refreshGrant;
  private final AuditLog audit;

  /** What the token endpoint works with. */
  public record Parts(
      ClientAuthenticator clients,
      GrantStore grants,
      OpaqueTokens codes,
      OpaqueTokens refreshTokens,
      GrantProfiles profiles,
      OfferedResources resources,
      SealRenewal seals,
      AccessPolicy policy,
      AccessTokens accessTokens,
      SecretSource random,
      AuditLog audit) {}

  /** Issues access tokens of that life, and refresh tokens of those. */
  public IssueTokens(
      Parts parts, Duration accessTokenLifetime, RefreshLifetime lifetime, Duration reuseWindow) {
    this.clients = parts.clients();
    this.audit = parts.audit();
    TokenIssuer issuer =
        new TokenIssuer(parts.accessTokens(), parts.random(), accessTokenLifetime, audit);
    this.exchangeCode =
        new ExchangeCode(
            parts.grants(),
            parts.codes(),
            parts.refreshTokens(),
            parts.profiles(),
            parts.resources(),
            issuer,
            parts.random(),
            lifetime,
            audit);
    this.refreshGrant =
        new RefreshGrant(
            parts.grants(),
            parts.refreshTokens(),
            parts.profiles(),
            parts.resources(),
            parts.seals(),
            parts.policy(),
            issuer,
            lifetime,
            reuseWindow,
            audit);
  }

  /** Tokens, or why not. */
  public TokenOutcome issue(TokenRequest request) {
    Parameters form = request.form();
    if (form.isAnyRepeated(SINGLE_PARAMETERS)) {
      return refuse(ErrorCode.INVALID_REQUEST, "a parameter stands more than once");
    }
    String grantTypeName = form.get("grant_type");
    if (grantTypeName == null) {
      return refuse(ErrorCode.INVALID_REQUEST, "grant_type is missing");
    }
    Optional<GrantType> grantType = GrantType.ofWireName(grantTypeName);
    if (grantType.isEmpty()) {
      return refuse(
          ErrorCode.UNSUPPORTED_GRANT_TYPE,
          "grant_type must be authorization_code or refresh_token");
    }
    ClientAuthentication authentication = clients.authenticate(form, request.authorization());
    if (authentication instanceof ClientAuthentication.Failed failed) {
      return noted(new TokenOutcome.Refused(failed.error()), null);
    }
    Client client = ((ClientAuthentication.Authenticated) authentication).client();
    return noted(issue(grantType.get(), client, form), client.id());
  }

  private TokenOutcome issue(GrantType grantType, Client client, Parameters form) {
    return switch (grantType) {
      case AUTHORIZATION_CODE -> exchangeCode.exchange(client, form);
      case REFRESH_TOKEN -> refreshGrant.refresh(client, form);
    };
  }

  private TokenOutcome refuse(ErrorCode code, String description) {
    return noted(Refusals.refuse(code, description), null);
  }

  private TokenOutcome noted(TokenOutcome outcome, @Nullable String clientId) {
    if (outcome instanceof TokenOutcome.Refused refused) {
      audit.write(RequestRefused.of(Endpoint.TOKEN, refused.error(), clientId));
    }
    return outcome;
  }
}
