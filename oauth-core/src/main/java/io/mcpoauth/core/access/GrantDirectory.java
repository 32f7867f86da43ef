package io.mcpoauth.core.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.profile.GrantProfiles;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The profiles of grants in use, read from storage once and kept until the change feed says
 * otherwise. Bounded; safe for use by several threads.
 */
public final class GrantDirectory {

  private static final int MAX_GRANTS = 100_000;
  private static final int MAX_REVOKED_TOKENS = 1_000_000;

  private final GrantStore grants;
  private final GrantProfiles profiles;
  private final Cache<String, Optional<KnownGrant>> cache =
      Caffeine.newBuilder().maximumSize(MAX_GRANTS).build();
  private final Cache<String, Boolean> revokedTokens;
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /**
   * The grants of that store.
   *
   * @param longestTokenLife how long the revocation of a single token must be remembered
   */
  public GrantDirectory(GrantStore grants, GrantProfiles profiles, Duration longestTokenLife) {
    this.grants = grants;
    this.profiles = profiles;
    this.revokedTokens =
        Caffeine.newBuilder()
            .maximumSize(MAX_REVOKED_TOKENS)
            .expireAfterWrite(longestTokenLife.multipliedBy(2))
            .build();
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
    return revokedTokens.getIfPresent(tokenId) != null;
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
      revokedTokens.put(revoked.tokenId(), true);
    }
    listeners.forEach(listener -> listener.accept(change));
  }
}
