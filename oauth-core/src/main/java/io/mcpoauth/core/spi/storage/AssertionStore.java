package io.mcpoauth.core.spi.storage;

import java.time.Duration;

/** Client assertions that were used, so that none is used again (RFC 7523 section 3). */
public interface AssertionStore {

  /**
   * Remembers an assertion.
   *
   * @param clientId whose assertion it is: the ids of two clients' assertions do not meet
   * @param assertionId the {@code jti}
   * @param lifetime how long to remember it at least
   * @return whether this caller was the first; false when it is remembered already
   */
  boolean remember(String clientId, String assertionId, Duration lifetime);
}
