package io.mcpoauth.core.memory;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import io.mcpoauth.core.spi.storage.ProfileStore.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One grant with its code and refresh token. Guarded by the lock of its store. */
final class GrantEntry {

  /** So many uses of replaced tokens are told from theft, at the most (TR-03). */
  private static final int MAX_REPLACED = 10;

  Grant grant;
  final AuthorizationCode code;
  private final Instant createdAt;
  private final Instant codeExpiresAt;
  private int failedRedemptions;
  private boolean burnt;
  private boolean revoked;
  private @Nullable Instant profileClaimedUntil;
  private @Nullable RefreshToken refreshToken;

  GrantEntry(Grant grant, AuthorizationCode code, Instant createdAt, Instant codeExpiresAt) {
    this.grant = grant;
    this.code = code;
    this.createdAt = createdAt;
    this.codeExpiresAt = codeExpiresAt;
  }

  /**
   * The state of a redeemed grant.
   *
   * @param since when it was redeemed
   * @param replaced the tokens that were replaced last, the newest first
   * @param expiresAt never after {@code familyExpiresAt}
   */
  private record RefreshToken(
      Instant since,
      SecretHash current,
      List<Replaced> replaced,
      Instant expiresAt,
      Instant familyExpiresAt) {

    Instant lastUsed() {
      return replaced.isEmpty() ? since : replaced.get(0).at;
    }

    boolean isExpired(Instant now) {
      return !now.isBefore(expiresAt);
    }

    RefreshToken successor(SecretHash successor, Instant now, Duration idle) {
      List<Replaced> older = replaced.subList(0, Math.min(replaced.size(), MAX_REPLACED - 1));
      List<Replaced> all = new ArrayList<>(older);
      all.add(0, new Replaced(current, now));
      return new RefreshToken(
          since,
          successor,
          List.copyOf(all),
          earlier(now.plus(idle), familyExpiresAt),
          familyExpiresAt);
    }

    boolean wasReplacedWithin(Duration reuseWindow, SecretHash presented, Instant now) {
      return replaced.stream()
          .anyMatch(
              token -> token.hash.matches(presented) && now.isBefore(token.at.plus(reuseWindow)));
    }
  }

  /** A token that is not the current one any more, and since when. */
  private record Replaced(SecretHash hash, Instant at) {}

  /** Whether the grant lives or waits for its code. */
  boolean isUsable(Instant now) {
    return !revoked && !isPast(now) && (refreshToken != null || !burnt);
  }

  /** Whether nothing can be done with the grant any more, so that it may be forgotten. */
  boolean isPast(Instant now) {
    return refreshToken == null ? !now.isBefore(codeExpiresAt) : refreshToken.isExpired(now);
  }

  /** Failures after the redemption do not count: they must not hide a later replay. */
  void countFailedRedemption(int burnAt) {
    if (refreshToken == null && ++failedRedemptions >= burnAt) {
      burnt = true;
    }
  }

  Redemption redeem(SecretHash first, RefreshLifetime lifetime, Instant now) {
    if (revoked) {
      return new Redemption.Gone();
    }
    if (refreshToken != null) {
      return new Redemption.AlreadyRedeemed();
    }
    if (!isUsable(now)) {
      return new Redemption.Gone();
    }
    Instant familyExpiresAt = now.plus(lifetime.absolute());
    refreshToken =
        new RefreshToken(
            now,
            first,
            List.of(),
            earlier(now.plus(lifetime.idle()), familyExpiresAt),
            familyExpiresAt);
    return new Redemption.Redeemed(now);
  }

  Rotation rotate(
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow,
      Instant now) {
    RefreshToken token = refreshToken;
    if (revoked || token == null || token.isExpired(now)) {
      return new Rotation.Gone();
    }
    if (token.current.matches(presented)) {
      RefreshToken next = token.successor(successor, now, lifetime.idle());
      refreshToken = next;
      return new Rotation.Rotated(now, next.expiresAt);
    }
    return token.wasReplacedWithin(reuseWindow, presented, now)
        ? new Rotation.RecentlyRotated(token.current, now, token.expiresAt)
        : new Rotation.Superseded();
  }

  /** The grant as its user may see it; empty unless it lives. */
  Optional<UserGrant> forUser(Instant now) {
    RefreshToken token = refreshToken;
    return token == null || !isUsable(now)
        ? Optional.empty()
        : Optional.of(new UserGrant(grant, code.redirectUri(), token.since, token.lastUsed()));
  }

  Claim claimProfile(long version, Duration lease, Instant now) {
    if (refreshToken == null || !isUsable(now)) {
      return new Claim.Gone();
    }
    if (grant.profileVersion() != version) {
      return new Claim.Replaced(grant);
    }
    if (profileClaimedUntil != null && now.isBefore(profileClaimedUntil)) {
      return new Claim.Busy();
    }
    profileClaimedUntil = now.plus(lease);
    return new Claim.Claimed(grant);
  }

  boolean replaceProfile(long version, Sealed profile, Instant now) {
    if (refreshToken == null || !isUsable(now) || grant.profileVersion() != version) {
      return false;
    }
    grant = grant.withProfile(profile);
    profileClaimedUntil = null;
    return true;
  }

  boolean resealProfile(long version, Sealed profile) {
    if (grant.profileVersion() != version) {
      return false;
    }
    grant = grant.withResealedProfile(profile);
    return true;
  }

  void releaseProfile(long version) {
    if (grant.profileVersion() == version) {
      profileClaimedUntil = null;
    }
  }

  boolean isMeantBy(GrantSelection selection, Instant now) {
    return isUsable(now) && selection.means(grant, Duration.between(createdAt, now));
  }

  boolean isRevoked() {
    return revoked;
  }

  boolean revoke() {
    boolean lived = !revoked;
    revoked = true;
    return lived;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
