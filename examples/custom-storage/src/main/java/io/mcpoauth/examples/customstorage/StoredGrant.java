package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A grant with its code and refresh token. Nothing here is a race: a step reads one, asks it, and
 * puts what it answers in its place.
 *
 * @param createdAt when it was made
 * @param failures redemptions with a wrong proof
 * @param token null until the code is redeemed
 * @param claimedUntil until when somebody renews the profile; null when nobody does
 */
record StoredGrant(
    Grant grant,
    AuthorizationCode code,
    Instant createdAt,
    Instant codeExpiresAt,
    int failures,
    boolean burnt,
    boolean revoked,
    @Nullable StoredToken token,
    @Nullable Instant claimedUntil) {

  static StoredGrant waiting(
      Grant grant, AuthorizationCode code, Instant now, Instant codeExpiresAt) {
    return new StoredGrant(grant, code, now, codeExpiresAt, 0, false, false, null, null);
  }

  /** Whether nothing can be done with it any more. */
  boolean isPast(Instant now) {
    return !now.isBefore(token == null ? codeExpiresAt : token.expiresAt());
  }

  boolean isUsable(Instant now) {
    return !revoked && !isPast(now) && (token != null || !burnt);
  }

  boolean isLive(Instant now) {
    return token != null && isUsable(now);
  }

  /** The grant as its user may see it; empty unless it lives. */
  Optional<UserGrant> forUser(Instant now) {
    return token == null || !isUsable(now)
        ? Optional.empty()
        : Optional.of(new UserGrant(grant, code.redirectUri(), token.since(), token.lastUsed()));
  }

  boolean isMeantBy(GrantSelection selection, Instant now) {
    return isUsable(now) && selection.means(grant, Duration.between(createdAt, now));
  }

  boolean isClaimed(Instant now) {
    return claimedUntil != null && now.isBefore(claimedUntil);
  }

  /** Failures after the redemption do not count: they must not hide a later replay. */
  StoredGrant withFailure(int burnAt) {
    boolean burns = token == null && failures + 1 >= burnAt;
    return new StoredGrant(
        grant,
        code,
        createdAt,
        codeExpiresAt,
        failures + 1,
        burnt || burns,
        revoked,
        token,
        claimedUntil);
  }

  StoredGrant redeemed(SecretHash first, RefreshLifetime lifetime, Instant now) {
    return withToken(StoredToken.first(first, lifetime, now));
  }

  StoredGrant withToken(StoredToken next) {
    return new StoredGrant(
        grant, code, createdAt, codeExpiresAt, failures, burnt, revoked, next, claimedUntil);
  }

  StoredGrant ended() {
    return new StoredGrant(
        grant, code, createdAt, codeExpiresAt, failures, burnt, true, token, claimedUntil);
  }

  StoredGrant claimedUntil(@Nullable Instant until) {
    return new StoredGrant(
        grant, code, createdAt, codeExpiresAt, failures, burnt, revoked, token, until);
  }

  StoredGrant withProfile(Sealed profile) {
    return new StoredGrant(
        grant.withProfile(profile),
        code,
        createdAt,
        codeExpiresAt,
        failures,
        burnt,
        revoked,
        token,
        null);
  }

  StoredGrant withResealedProfile(Sealed profile) {
    Grant same = grant.withResealedProfile(profile);
    return new StoredGrant(
        same, code, createdAt, codeExpiresAt, failures, burnt, revoked, token, claimedUntil);
  }
}
