package io.mcpoauth.examples.customstorage;

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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** Grants by their id, with a second shelf that leads from the id of a code to its grant. */
final class FileGrants implements GrantStore {

  private final Steps steps;
  private final FileChanges changes;
  private final Shelf<StoredGrant> grants;
  private final Shelf<CodeOf> codes;
  private final Shelf<Instant> lastUses;

  /** Where a code leads. */
  private record CodeOf(String grantId) {}

  FileGrants(MVStore store, Steps steps, FileChanges changes) {
    this.steps = steps;
    this.changes = changes;
    this.grants = new Shelf<>(store, "grants", StoredGrant.class);
    this.codes = new Shelf<>(store, "codes", CodeOf.class);
    this.lastUses = new Shelf<>(store, "uses", Instant.class);
  }

  @Override
  public Insertion create(Grant grant, AuthorizationCode code, Duration codeLifetime) {
    return steps.write(
        now -> {
          if (grants.contains(grant.id()) || codes.contains(code.id())) {
            return Insertion.ID_TAKEN;
          }
          put(StoredGrant.waiting(grant, code, now, now.plus(codeLifetime)));
          codes.put(code.id(), new CodeOf(grant.id()));
          lastUses.put(grant.clientId(), now);
          return Insertion.INSERTED;
        });
  }

  @Override
  public Optional<IssuedCode> findCode(String codeId) {
    return steps.read(
        now ->
            Optional.ofNullable(ofCode(codeId))
                .map(stored -> new IssuedCode(stored.code(), stored.grant())));
  }

  @Override
  public Optional<Grant> findUsable(String grantId) {
    return steps.read(
        now ->
            Optional.ofNullable(grants.get(grantId))
                .filter(stored -> stored.isUsable(now))
                .map(StoredGrant::grant));
  }

  @Override
  public List<UserGrant> ofUser(String userId, String provider, int limit) {
    return steps.read(
        now ->
            grants
                .all()
                .filter(stored -> stored.grant().userId().equals(userId))
                .filter(stored -> stored.grant().provider().equals(provider))
                .flatMap(stored -> stored.forUser(now).stream())
                .sorted(Comparator.comparing(UserGrant::lastUsed).reversed())
                .limit(limit)
                .toList());
  }

  @Override
  public boolean hasUsable(String userId, String provider) {
    return steps.read(
        now ->
            grants
                .all()
                .filter(stored -> stored.grant().userId().equals(userId))
                .filter(stored -> stored.grant().provider().equals(provider))
                .anyMatch(stored -> stored.isUsable(now)));
  }

  @Override
  public void countFailedRedemption(String codeId, int burnAt) {
    steps.write(
        now -> {
          StoredGrant stored = ofCode(codeId);
          return stored != null && put(stored.withFailure(burnAt));
        });
  }

  // snippet: redeem
  @Override
  public Redemption redeem(String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
    return steps.write(
        now -> {
          StoredGrant stored = ofCode(codeId);
          if (stored == null || stored.revoked()) {
            return new Redemption.Gone();
          }
          if (stored.token() != null) {
            return new Redemption.AlreadyRedeemed();
          }
          if (!stored.isUsable(now)) {
            return new Redemption.Gone();
          }
          put(stored.redeemed(refreshToken, lifetime, now));
          lastUses.put(stored.grant().clientId(), now);
          return new Redemption.Redeemed(now);
        });
  }

  // end snippet: redeem

  @Override
  public Rotation rotate(
      String grantId,
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow) {
    return steps.write(
        now -> {
          StoredGrant stored = grants.get(grantId);
          StoredToken token = stored == null ? null : stored.token();
          if (stored == null || token == null || !stored.isUsable(now)) {
            return new Rotation.Gone();
          }
          if (token.current().matches(presented)) {
            StoredToken next = token.successor(successor, lifetime.idle(), now);
            put(stored.withToken(next));
            lastUses.put(stored.grant().clientId(), now);
            return new Rotation.Rotated(now, next.expiresAt());
          }
          return token.wasReplaced(presented, reuseWindow, now)
              ? new Rotation.RecentlyRotated(token.current(), now, token.expiresAt())
              : new Rotation.Superseded();
        });
  }

  @Override
  public boolean revoke(String grantId, RevocationReason reason) {
    return changes.tellIf(
        steps.write(
            now -> {
              StoredGrant stored = grants.get(grantId);
              return stored != null && end(stored, now);
            }));
  }

  @Override
  public List<Grant> endAll(
      GrantSelection selection, RevocationReason reason, String after, int limit) {
    List<Grant> ended =
        steps.write(
            now -> {
              List<StoredGrant> meant =
                  after(after)
                      .filter(stored -> stored.isMeantBy(selection, now))
                      .limit(limit)
                      .toList();
              meant.forEach(stored -> end(stored, now));
              return meant.stream().map(StoredGrant::grant).toList();
            });
    changes.tellIf(!ended.isEmpty());
    return ended;
  }

  @Override
  public void revokeAccessToken(String tokenId, String grantId, Instant expiresAt) {
    Change.AccessTokenRevoked revoked = new Change.AccessTokenRevoked(tokenId, expiresAt);
    changes.tellIf(steps.write(now -> changes.addRevoked(revoked, now)));
  }

  /** The grant of that id. To be used inside a step, as are all methods below. */
  @Nullable StoredGrant find(String grantId) {
    return grants.get(grantId);
  }

  /** The grants whose ids come after that one, in their order. */
  Stream<StoredGrant> after(String grantId) {
    return grants.after(grantId);
  }

  boolean put(StoredGrant stored) {
    grants.put(stored.grant().id(), stored);
    return true;
  }

  /** Ends the grant and adds that to the feed; false when it had ended before. */
  boolean end(StoredGrant stored, Instant now) {
    if (stored.revoked()) {
      return false;
    }
    changes.add(new Change.GrantChanged(stored.grant().id()), now);
    return put(stored.ended());
  }

  /** Ends all grants of the client; those that lived are told. */
  List<Grant> endAllOf(String clientId, Instant now) {
    List<StoredGrant> ofClient =
        grants.all().filter(stored -> stored.grant().clientId().equals(clientId)).toList();
    ofClient.forEach(stored -> end(stored, now));
    lastUses.remove(clientId);
    return ofClient.stream()
        .filter(stored -> stored.isUsable(now))
        .map(StoredGrant::grant)
        .toList();
  }

  void forgetUsesOf(String clientId) {
    lastUses.remove(clientId);
  }

  /** Leaves the last uses alone: a client outlives its grants. */
  boolean deleteEnded(Instant before, int limit) {
    boolean more = grants.removeIf(stored -> stored.isPast(before), limit);
    more |= codes.removeIf(code -> !grants.contains(code.grantId()), limit);
    return more;
  }

  /** The clients that have a grant which can be used. */
  Set<String> clientsInUse(Instant now) {
    return grants
        .all()
        .filter(stored -> stored.isUsable(now))
        .map(stored -> stored.grant().clientId())
        .collect(Collectors.toSet());
  }

  boolean wasUsedSince(String clientId, Instant since) {
    Instant use = lastUses.get(clientId);
    return use != null && !use.isBefore(since);
  }

  private @Nullable StoredGrant ofCode(String codeId) {
    CodeOf code = codes.get(codeId);
    return code == null ? null : grants.get(code.grantId());
  }
}
