package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.Grant;
import java.time.Duration;

/** Which of the grants somebody means who ends many at once. */
public sealed interface GrantSelection {

  /**
   * Whether that grant is meant.
   *
   * @param age how long ago it was made, by storage's clock
   */
  boolean means(Grant grant, Duration age);

  /** Those of one client. */
  record OfClient(String clientId) implements GrantSelection {
    @Override
    public boolean means(Grant grant, Duration age) {
      return grant.clientId().equals(clientId);
    }
  }

  /** Those of one user, whichever provider vouches for the id. */
  record OfUser(String userId) implements GrantSelection {
    @Override
    public boolean means(Grant grant, Duration age) {
      return grant.userId().equals(userId);
    }
  }

  /**
   * Those that were made some time ago.
   *
   * @param atLeast so long ago or longer; zero for all
   */
  record Made(Duration atLeast) implements GrantSelection {
    @Override
    public boolean means(Grant grant, Duration age) {
      return age.compareTo(atLeast) >= 0;
    }
  }
}
