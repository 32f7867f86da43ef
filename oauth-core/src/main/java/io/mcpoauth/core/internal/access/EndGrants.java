package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.util.List;

/** Ends many grants, by steps none of which takes long. Broken off, it can be begun again. */
public final class EndGrants {

  private static final int STEP = 500;

  private final GrantStore grants;

  /** Ends grants of that store. */
  public EndGrants(GrantStore grants) {
    this.grants = grants;
  }

  /**
   * Ends all that are meant, with all of their tokens.
   *
   * @return how many that were
   */
  public long end(GrantSelection selection, RevocationReason reason) {
    long count = 0;
    List<Grant> ended = grants.endAll(selection, reason, "", STEP);
    while (!ended.isEmpty()) {
      count += ended.size();
      String last = ended.get(ended.size() - 1).id();
      ended = grants.endAll(selection, reason, last, STEP);
    }
    return count;
  }
}
