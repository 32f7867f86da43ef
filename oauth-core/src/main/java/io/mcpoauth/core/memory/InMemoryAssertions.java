package io.mcpoauth.core.memory;

import io.mcpoauth.core.spi.storage.AssertionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Used assertions by client and id. */
final class InMemoryAssertions implements AssertionStore {

  private final InstantSource clock;
  private final Kept<Instant> expiries;

  InMemoryAssertions(InstantSource clock) {
    this.clock = clock;
    this.expiries = new Kept<>(clock, InMemoryAssertions::isPast);
  }

  @Override
  public synchronized boolean remember(String clientId, String assertionId, Duration lifetime) {
    // The length tells where the client's id ends.
    String key = clientId.length() + ":" + clientId + assertionId;
    Instant expiry = expiries.get(key);
    if (expiry != null && !isPast(expiry, clock.instant())) {
      return false;
    }
    expiries.put(key, clock.instant().plus(lifetime));
    return true;
  }

  synchronized void deleteEnded(Instant before) {
    expiries.sweep(before);
  }

  private static boolean isPast(Instant expiry, Instant now) {
    return !now.isBefore(expiry);
  }
}
