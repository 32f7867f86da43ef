package io.mcpoauth.core.internal.token;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.model.OfferedResources;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.profile.SealRenewal;
import io.mcpoauth.core.internal.secret.OpaqueToken;
import io.mcpoauth.core.internal.token.TokenIssuer.Life;
import io.mcpoauth.core.internal.token.TokenIssuer.Occasion;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import io.mcpoauth.core.token.TokenOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * The refresh token grant with rotation (OAuth 2.1 section 4.3).
 *
 * <p>The successor is derived from the presented token, so a request that is repeated because its
 * answer was lost, or that two processes send at once, gets the same successor within the reuse
 * window (TR-03, TR-15). After it, a token that we issued and that was replaced ends the grant
 * (TR-02); a forged one never gets past {@link OpaqueTokens#parse}.
 */
final class RefreshGrant {

  /** As many replaced tokens as {@link GrantStore#rotate} remembers. */
  private static final int REMEMBERED_GENERATIONS = 10;

  private final GrantStore grants;
  private final OpaqueTokens refreshTokens;
  private final GrantProfiles profiles;
  private final OfferedResources resources;
  private final SealRenewal seals;
  private final AccessPolicy policy;
  private final TokenIssuer issuer;
  private final RefreshLifetime lifetime;
  private final Duration reuseWindow;
  private final AuditLog audit;

  RefreshGrant(
      GrantStore grants,
      OpaqueTokens refreshTokens,
      GrantProfiles profiles,
      OfferedResources resources,
      SealRenewal seals,
      AccessPolicy policy,
      TokenIssuer issuer,
      RefreshLifetime lifetime,
      Duration reuseWindow,
      AuditLog audit) {
    this.grants = grants;
    this.refreshTokens = refreshTokens;
    this.profiles = profiles;
    this.resources = resources;
    this.seals = seals;
    this.policy = policy;
    this.issuer = issuer;
    this.lifetime = lifetime;
    this.reuseWindow = reuseWindow;
    this.audit = audit;
  }

  TokenOutcome refresh(Client client, Parameters form) {
    String text = form.get("refresh_token");
    if (text == null) {
      return Refusals.refuse(ErrorCode.INVALID_REQUEST, "refresh_token is missing");
    }
    if (!client.grantTypes().contains(GrantType.REFRESH_TOKEN)) {
      return Refusals.refuse(
          ErrorCode.UNAUTHORIZED_CLIENT, "this client did not register for refresh_token");
    }
    Optional<OpaqueToken> presented = refreshTokens.parse(text);
    Optional<Grant> grant =
        presented
            .flatMap(token -> grants.findUsable(token.id()))
            .filter(found -> found.clientId().equals(client.id()));
    if (grant.isEmpty()) {
      return badToken();
    }
    if (!Refusals.namesOnly(form, grant.get().resource(), resources)) {
      return Refusals.foreignResource();
    }
    Optional<Scopes> scopes = scopes(form, grant.get());
    if (scopes.isEmpty()) {
      return Refusals.refuse(
          ErrorCode.INVALID_SCOPE, "scope must not be wider than what was granted");
    }
    return rotate(new Checked(client, grant.get(), scopes.get(), presented.get()));
  }

  /** A request whose every check has passed but the one that only storage can make. */
  private record Checked(Client client, Grant grant, Scopes scopes, OpaqueToken presented) {}

  private TokenOutcome rotate(Checked request) {
    Grant grant = request.grant();
    Optional<GrantProfile> profile = profiles.open(grant.id(), grant.sealedProfile());
    if (profile.isEmpty()) {
      return badToken();
    }
    Optional<String> rule = policy.ruleAgainst(profile.get().user());
    if (rule.isPresent()) {
      audit.write(
          new AuditEvent.UserNotAllowed(
              grant.userId(), grant.provider(), grant.clientId(), rule.get()));
      grants.revoke(grant.id(), RevocationReason.NOT_ALLOWED);
      return Refusals.refuse(ErrorCode.INVALID_GRANT, "the user may not use this server any more");
    }
    OpaqueToken successor = refreshTokens.successorOf(request.presented());
    Rotation rotation =
        grants.rotate(
            grant.id(), request.presented().hash(), successor.hash(), lifetime, reuseWindow);
    return answer(rotation, request, profile.get(), successor);
  }

  private TokenOutcome answer(
      Rotation rotation, Checked request, GrantProfile profile, OpaqueToken successor) {
    Grant grant = request.grant();
    if (rotation instanceof Rotation.Rotated rotated) {
      seals.renew(grant);
      Life life = new Life(rotated.at(), rotated.endsAt());
      return issue(Occasion.REFRESH, request, profile, successor, life);
    }
    if (rotation instanceof Rotation.RecentlyRotated recent) {
      return refreshTokens
          .successorOf(request.presented(), recent.current(), REMEMBERED_GENERATIONS)
          .map(
              current ->
                  issue(
                      Occasion.REPEATED_REFRESH,
                      request,
                      profile,
                      current,
                      new Life(recent.at(), recent.endsAt())))
          .orElseGet(RefreshGrant::badToken);
    }
    if (rotation instanceof Rotation.Superseded) {
      audit.write(new AuditEvent.RefreshTokenReused(grant.id(), grant.clientId(), grant.userId()));
      grants.revoke(grant.id(), RevocationReason.REFRESH_TOKEN_REUSED);
    }
    return badToken();
  }

  private TokenOutcome issue(
      Occasion occasion,
      Checked request,
      GrantProfile profile,
      OpaqueToken refreshToken,
      Life life) {
    return issuer.issue(
        occasion,
        request.client(),
        request.grant(),
        profile.user(),
        request.scopes(),
        refreshToken,
        life);
  }

  /** OAuth 2.1 section 4.3.1: the same or less, not none; the refresh token keeps all of it. */
  private static Optional<Scopes> scopes(Parameters form, Grant grant) {
    String text = form.get("scope");
    return text == null
        ? Optional.of(grant.scopes())
        : Scopes.parse(text)
            .filter(requested -> !requested.isEmpty() && grant.scopes().containsAll(requested));
  }

  private static TokenOutcome badToken() {
    return Refusals.refuse(
        ErrorCode.INVALID_GRANT, "the refresh token is unknown, expired, revoked or replaced");
  }
}
