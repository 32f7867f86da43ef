package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The grants of a store, with revocations known on this instance as soon as they have happened:
 * whoever was told that a token is dead finds it dead, without waiting for the feed. The operator
 * is told, too.
 */
public final class WatchedGrants implements GrantStore {

  private final GrantStore store;
  private final Consumer<Change> changes;
  private final AuditLog audit;
  private final Consumer<Grant> afterwards;

  /**
   * Tells others what this store revokes.
   *
   * @param changes is told at once of what the feed will tell; {@link GrantDirectory#apply}
   * @param afterwards is told of each grant whose end is durable; {@link TokenReturn#after}
   */
  public WatchedGrants(
      GrantStore store, Consumer<Change> changes, AuditLog audit, Consumer<Grant> afterwards) {
    this.store = store;
    this.changes = changes;
    this.audit = audit;
    this.afterwards = afterwards;
  }

  @Override
  public boolean revoke(String grantId, RevocationReason reason) {
    Optional<Grant> ending = store.findUsable(grantId);
    boolean revoked = store.revoke(grantId, reason);
    changes.accept(new Change.GrantChanged(grantId));
    if (revoked) {
      audit.write(new AuditEvent.GrantRevoked(grantId, reason));
      ending.ifPresent(afterwards);
    }
    return revoked;
  }

  @Override
  public List<Grant> endAll(
      GrantSelection selection, RevocationReason reason, String after, int limit) {
    List<Grant> ended = store.endAll(selection, reason, after, limit);
    tell(ended, reason);
    return ended;
  }

  /** Tells of grants that another store's verb has ended. */
  public void tell(List<Grant> ended, RevocationReason reason) {
    for (Grant grant : ended) {
      changes.accept(new Change.GrantChanged(grant.id()));
      audit.write(new AuditEvent.GrantRevoked(grant.id(), reason));
    }
    ended.forEach(afterwards);
  }

  @Override
  public void revokeAccessToken(String tokenId, String grantId, Instant expiresAt) {
    store.revokeAccessToken(tokenId, grantId, expiresAt);
    changes.accept(new Change.AccessTokenRevoked(tokenId, expiresAt));
    audit.write(new AuditEvent.AccessTokenRevoked(tokenId, grantId));
  }

  @Override
  public Insertion create(Grant grant, AuthorizationCode code, Duration codeLifetime) {
    return store.create(grant, code, codeLifetime);
  }

  @Override
  public Optional<IssuedCode> findCode(String codeId) {
    return store.findCode(codeId);
  }

  @Override
  public Optional<Grant> findUsable(String grantId) {
    return store.findUsable(grantId);
  }

  @Override
  public List<UserGrant> ofUser(String userId, String provider, int limit) {
    return store.ofUser(userId, provider, limit);
  }

  @Override
  public boolean hasUsable(String userId, String provider) {
    return store.hasUsable(userId, provider);
  }

  @Override
  public void countFailedRedemption(String codeId, int burnAt) {
    store.countFailedRedemption(codeId, burnAt);
  }

  @Override
  public Redemption redeem(String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
    return store.redeem(codeId, refreshToken, lifetime);
  }

  @Override
  public Rotation rotate(
      String grantId,
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow) {
    return store.rotate(grantId, presented, successor, lifetime, reuseWindow);
  }
}
