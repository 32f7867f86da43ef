package io.mcpoauth.core.memory;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.ProfileStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Grants by their id and by the id of their code, behind one lock. */
final class InMemoryGrants implements GrantStore, ProfileStore {

  private final InstantSource clock;
  private final InMemoryChanges changes;
  private final Kept<GrantEntry> byId;
  private final Kept<GrantEntry> byCodeId;
  private final ClientUses uses = new ClientUses();

  InMemoryGrants(InstantSource clock, InMemoryChanges changes) {
    this.clock = clock;
    this.changes = changes;
    this.byId = new Kept<>(clock, GrantEntry::isPast);
    this.byCodeId = new Kept<>(clock, GrantEntry::isPast);
  }

  @Override
  public synchronized Insertion create(Grant grant, AuthorizationCode code, Duration codeLifetime) {
    if (byId.contains(grant.id()) || byCodeId.contains(code.id())) {
      return Insertion.ID_TAKEN;
    }
    Instant now = clock.instant();
    GrantEntry entry = new GrantEntry(grant, code, now, now.plus(codeLifetime));
    byId.put(grant.id(), entry);
    byCodeId.put(code.id(), entry);
    uses.use(grant.clientId(), now);
    return Insertion.INSERTED;
  }

  @Override
  public synchronized Optional<IssuedCode> findCode(String codeId) {
    return Optional.ofNullable(byCodeId.get(codeId))
        .map(entry -> new IssuedCode(entry.code, entry.grant));
  }

  @Override
  public synchronized Optional<Grant> findUsable(String grantId) {
    return Optional.ofNullable(byId.get(grantId))
        .filter(entry -> entry.isUsable(clock.instant()))
        .map(entry -> entry.grant);
  }

  @Override
  public synchronized List<UserGrant> ofUser(String userId, String provider, int limit) {
    Instant now = clock.instant();
    return byId.values().stream()
        .filter(entry -> entry.grant.userId().equals(userId))
        .filter(entry -> entry.grant.provider().equals(provider))
        .flatMap(entry -> entry.forUser(now).stream())
        .sorted(
            Comparator.comparing(UserGrant::lastUsed)
                .reversed()
                .thenComparing(grant -> grant.grant().id()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean hasUsable(String userId, String provider) {
    Instant now = clock.instant();
    return byId.values().stream()
        .filter(entry -> entry.grant.userId().equals(userId))
        .filter(entry -> entry.grant.provider().equals(provider))
        .anyMatch(entry -> entry.isUsable(now));
  }

  @Override
  public synchronized void countFailedRedemption(String codeId, int burnAt) {
    GrantEntry entry = byCodeId.get(codeId);
    if (entry != null) {
      entry.countFailedRedemption(burnAt);
    }
  }

  @Override
  public synchronized Redemption redeem(
      String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
    GrantEntry entry = byCodeId.get(codeId);
    if (entry == null) {
      return new Redemption.Gone();
    }
    Redemption redemption = entry.redeem(refreshToken, lifetime, clock.instant());
    if (redemption instanceof Redemption.Redeemed) {
      uses.use(entry.grant.clientId(), clock.instant());
    }
    return redemption;
  }

  @Override
  public synchronized Rotation rotate(
      String grantId,
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow) {
    GrantEntry entry = byId.get(grantId);
    if (entry == null) {
      return new Rotation.Gone();
    }
    Rotation rotation = entry.rotate(presented, successor, lifetime, reuseWindow, clock.instant());
    if (rotation instanceof Rotation.Rotated) {
      uses.use(entry.grant.clientId(), clock.instant());
    }
    return rotation;
  }

  @Override
  public boolean revoke(String grantId, RevocationReason reason) {
    synchronized (this) {
      GrantEntry entry = byId.get(grantId);
      if (entry == null || !entry.revoke()) {
        return false;
      }
      changes.record(new Change.GrantChanged(grantId));
    }
    changes.announce();
    return true;
  }

  @Override
  public List<Grant> endAll(
      GrantSelection selection, RevocationReason reason, String after, int limit) {
    List<Grant> ended;
    synchronized (this) {
      Instant now = clock.instant();
      List<GrantEntry> meant =
          byId.values().stream()
              .filter(entry -> entry.grant.id().compareTo(after) > 0)
              .filter(entry -> entry.isMeantBy(selection, now))
              .sorted(Comparator.comparing(entry -> entry.grant.id()))
              .limit(limit)
              .toList();
      meant.forEach(GrantEntry::revoke);
      ended = meant.stream().map(entry -> entry.grant).toList();
      ended.forEach(grant -> changes.record(new Change.GrantChanged(grant.id())));
    }
    changes.announce();
    return ended;
  }

  @Override
  public void revokeAccessToken(String tokenId, String grantId, Instant expiresAt) {
    if (changes.recordRevoked(new Change.AccessTokenRevoked(tokenId, expiresAt))) {
      changes.announce();
    }
  }

  @Override
  public synchronized Claim claim(String grantId, long version, Duration lease) {
    GrantEntry entry = byId.get(grantId);
    return entry == null ? new Claim.Gone() : entry.claimProfile(version, lease, clock.instant());
  }

  @Override
  public boolean replace(String grantId, long version, Sealed profile) {
    synchronized (this) {
      GrantEntry entry = byId.get(grantId);
      if (entry == null || !entry.replaceProfile(version, profile, clock.instant())) {
        return false;
      }
      changes.record(new Change.GrantChanged(grantId));
    }
    changes.announce();
    return true;
  }

  @Override
  public synchronized void release(String grantId, long version) {
    GrantEntry entry = byId.get(grantId);
    if (entry != null) {
      entry.releaseProfile(version);
    }
  }

  @Override
  public synchronized List<SealedProfile> list(String after, int limit) {
    return byId.values().stream()
        .filter(entry -> !entry.isRevoked() && entry.grant.id().compareTo(after) > 0)
        .map(entry -> entry.grant)
        .sorted(Comparator.comparing(Grant::id))
        .limit(limit)
        .map(grant -> new SealedProfile(grant.id(), grant.profileVersion(), grant.sealedProfile()))
        .toList();
  }

  @Override
  public synchronized boolean reseal(String grantId, long version, Sealed profile) {
    GrantEntry entry = byId.get(grantId);
    return entry != null && entry.resealProfile(version, profile);
  }

  @Override
  public boolean end(String grantId, long version, RevocationReason reason) {
    synchronized (this) {
      GrantEntry entry = byId.get(grantId);
      if (entry == null || entry.grant.profileVersion() != version || !entry.revoke()) {
        return false;
      }
      changes.record(new Change.GrantChanged(grantId));
    }
    changes.announce();
    return true;
  }

  synchronized void deleteEnded(Instant before) {
    byId.sweep(before);
    byCodeId.sweep(before);
    changes.sweep(before);
  }

  /** Whether a grant of the client lives, or was used since then. */
  synchronized boolean isInUse(String clientId, Instant since) {
    Instant now = clock.instant();
    return uses.isUsedSince(clientId, since)
        || byId.values().stream()
            .anyMatch(entry -> entry.grant.clientId().equals(clientId) && entry.isUsable(now));
  }

  /** Ends all grants of the client; to be announced after the step. Those that lived are told. */
  synchronized List<Grant> endAllOf(String clientId) {
    Instant now = clock.instant();
    List<GrantEntry> ofClient =
        byId.values().stream().filter(entry -> entry.grant.clientId().equals(clientId)).toList();
    List<Grant> live =
        ofClient.stream().filter(entry -> entry.isUsable(now)).map(entry -> entry.grant).toList();
    ofClient.stream()
        .filter(GrantEntry::revoke)
        .forEach(entry -> changes.record(new Change.GrantChanged(entry.grant.id())));
    return live;
  }

  synchronized void forgetUsesOf(String clientId) {
    uses.forget(clientId);
  }

  void announce() {
    changes.announce();
  }
}
