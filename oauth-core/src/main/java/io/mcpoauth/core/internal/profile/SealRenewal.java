package io.mcpoauth.core.internal.profile;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.storage.ProfileStore;
import io.mcpoauth.core.spi.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals profiles anew when they are used, where an older encryption key sealed them, so that it is
 * needed less and less (CR-06).
 */
public final class SealRenewal {

  private static final Logger log = LoggerFactory.getLogger(SealRenewal.class);

  private final ProfileStore store;
  private final GrantProfiles profiles;

  /** Renews the seals of that store. */
  public SealRenewal(ProfileStore store, GrantProfiles profiles) {
    this.store = store;
    this.profiles = profiles;
  }

  /** Renews the grant's, if need be; failing that, the next use will. */
  public void renew(Grant grant) {
    if (profiles.isCurrent(grant.sealedProfile())) {
      return;
    }
    try {
      profiles
          .reseal(grant.id(), grant.sealedProfile())
          .ifPresent(renewed -> store.reseal(grant.id(), grant.profileVersion(), renewed));
    } catch (StorageException e) {
      log.debug("A profile keeps its old seal for now: {}", e.getMessage());
    }
  }
}
