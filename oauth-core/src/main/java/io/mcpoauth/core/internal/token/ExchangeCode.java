package io.mcpoauth.core.internal.token;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.model.OfferedResources;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.secret.OpaqueToken;
import io.mcpoauth.core.internal.token.TokenIssuer.Life;
import io.mcpoauth.core.internal.token.TokenIssuer.Occasion;
import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.IssuedCode;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.token.TokenOutcome;
import java.util.Optional;

/**
 * The authorization code grant (OAuth 2.1 section 4.1.3). All proofs are checked before the one
 * atomic step that spends the code, so a wrong proof spends nothing (TC-04) and revokes nothing
 * (TC-02); only a replay with every proof right ends the grant (TC-01).
 */
final class ExchangeCode {

  private static final int FAILURES_THAT_BURN_A_CODE = 5;

  private final GrantStore grants;
  private final OpaqueTokens codes;
  private final OpaqueTokens refreshTokens;
  private final GrantProfiles profiles;
  private final OfferedResources resources;
  private final TokenIssuer issuer;
  private final SecretSource random;
  private final RefreshLifetime lifetime;
  private final AuditLog audit;

  ExchangeCode(
      GrantStore grants,
      OpaqueTokens codes,
      OpaqueTokens refreshTokens,
      GrantProfiles profiles,
      OfferedResources resources,
      TokenIssuer issuer,
      SecretSource random,
      RefreshLifetime lifetime,
      AuditLog audit) {
    this.grants = grants;
    this.codes = codes;
    this.refreshTokens = refreshTokens;
    this.profiles = profiles;
    this.resources = resources;
    this.issuer = issuer;
    this.random = random;
    this.lifetime = lifetime;
    this.audit = audit;
  }

  TokenOutcome exchange(Client client, Parameters form) {
    if (!client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)) {
      return Refusals.refuse(
          ErrorCode.UNAUTHORIZED_CLIENT, "this client did not register for authorization_code");
    }
    String text = form.get("code");
    String verifier = form.get("code_verifier");
    if (text == null || verifier == null || !CodeChallenge.isVerifier(verifier)) {
      return Refusals.refuse(
          ErrorCode.INVALID_REQUEST,
          text == null
              ? "code is missing"
              : "code_verifier must be 43 to 128 unreserved characters");
    }
    Optional<OpaqueToken> token = codes.parse(text);
    Optional<IssuedCode> issued = token.flatMap(code -> grants.findCode(code.id()));
    if (issued.isEmpty()
        || !issued.get().code().hash().matches(token.get().hash())
        || !issued.get().grant().clientId().equals(client.id())) {
      return badCode();
    }
    return exchange(client, issued.get(), form, verifier);
  }

  private TokenOutcome exchange(
      Client client, IssuedCode issued, Parameters form, String verifier) {
    AuthorizationCode code = issued.code();
    String redirectUri = form.get("redirect_uri");
    if (redirectUri != null && !redirectUri.equals(code.redirectUri().value())) {
      return Refusals.refuse(
          ErrorCode.INVALID_GRANT, "redirect_uri differs from the authorization request");
    }
    if (!code.codeChallenge().isAnsweredBy(verifier)) {
      grants.countFailedRedemption(code.id(), FAILURES_THAT_BURN_A_CODE);
      return Refusals.refuse(ErrorCode.INVALID_GRANT, "code_verifier does not fit the challenge");
    }
    if (!Refusals.namesOnly(form, issued.grant().resource(), resources)) {
      return Refusals.foreignResource();
    }
    return redeem(client, issued);
  }

  private TokenOutcome redeem(Client client, IssuedCode issued) {
    Grant grant = issued.grant();
    Optional<GrantProfile> profile = profiles.open(grant.id(), grant.sealedProfile());
    if (profile.isEmpty()) {
      return badCode();
    }
    OpaqueToken refreshToken = refreshTokens.mint(grant.id(), random);
    Redemption redemption = grants.redeem(issued.code().id(), refreshToken.hash(), lifetime);
    if (redemption instanceof Redemption.Redeemed redeemed) {
      return issuer.issue(
          Occasion.CODE,
          client,
          grant,
          profile.get().user(),
          grant.scopes(),
          refreshToken,
          new Life(redeemed.at(), redeemed.at().plus(lifetime.idle())));
    }
    if (redemption instanceof Redemption.AlreadyRedeemed) {
      audit.write(new AuditEvent.CodeReplayed(grant.id(), grant.clientId(), grant.userId()));
      grants.revoke(grant.id(), RevocationReason.CODE_REPLAYED);
    }
    return badCode();
  }

  private static TokenOutcome badCode() {
    return Refusals.refuse(
        ErrorCode.INVALID_GRANT, "the code is unknown, expired, spent or another client's");
  }
}
