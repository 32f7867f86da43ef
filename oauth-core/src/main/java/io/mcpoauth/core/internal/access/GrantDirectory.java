package io.mcpoauth.core.internal.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The profiles of grants in use, read from storage once and kept until the change feed says
 * otherwise, and the access tokens that were revoked one by one. The profiles are bounded. Safe for
 * use by several threads.
 */
public final class GrantDirectory {

  private static final int MAX_GRANTS = 100_000;

  private final GrantStore grants;
  private final GrantProfiles profiles;
  private final Cache<String, Optional<KnownGrant>> cache =
      Caffeine.newBuilder().maximumSize(MAX_GRANTS).build();
  private final RevokedTokens revokedTokens = new RevokedTokens();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /** The grants of that store. */
  public GrantDirectory(GrantStore grants, GrantProfiles profiles) {
    this.grants = grants;
    this.profiles = profiles;
  }

  /** The profile of a grant that is in use; empty when the grant ended. */
  Optional<KnownGrant> find(String grantId) {
    return cache.get(grantId, id -> grants.findUsable(id).flatMap(this::open));
  }

  private Optional<KnownGrant> open(Grant grant) {
    return profiles
        .open(grant.id(), grant.sealedProfile())
        .map(profile -> new KnownGrant(grant, profile));
  }

  /** The same, when it was read before. */
  Optional<KnownGrant> known(String grantId) {
    Optional<KnownGrant> grant = cache.getIfPresent(grantId);
    return grant == null ? Optional.empty() : grant;
  }

  /** Reads the grant anew when it is looked for again. */
  void forget(String grantId) {
    cache.invalidate(grantId);
  }

  /** Whether the profile was read and no change of the grant was told of since. */
  boolean knows(String grantId) {
    return cache.getIfPresent(grantId) != null;
  }

  boolean isRevoked(String tokenId) {
    return revokedTokens.contain(tokenId);
  }

  /** Drops what means nothing any more at that time of storage's. */
  void forgetExpired(Instant now) {
    revokedTokens.forgetExpired(now);
  }

  /** Calls back with each change after it was taken note of, many times for some. */
  void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /**
   * Takes note of a change. A look-up that runs at the same time is forgotten too, since the cache
   * removes an entry only after its look-up has ended.
   */
  public void apply(Change change) {
    if (change instanceof Change.GrantChanged changed) {
      forget(changed.grantId());
    } else if (change instanceof Change.AccessTokenRevoked revoked) {
      revokedTokens.add(revoked);
    }
    listeners.forEach(listener -> listener.accept(change));
  }
}
