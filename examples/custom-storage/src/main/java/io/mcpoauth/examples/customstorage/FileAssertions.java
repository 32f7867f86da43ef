package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.spi.storage.AssertionStore;
import java.time.Duration;
import java.time.Instant;
import org.h2.mvstore.MVStore;

/** Used assertions by client and id. */
record FileAssertions(Steps steps, Shelf<Instant> expiries) implements AssertionStore {

  FileAssertions(MVStore store, Steps steps) {
    this(steps, new Shelf<>(store, "assertions", Instant.class));
  }

  @Override
  public boolean remember(String clientId, String assertionId, Duration lifetime) {
    // The length tells where the client's id ends.
    String id = clientId.length() + ":" + clientId + assertionId;
    return steps.write(
        now -> {
          Instant expiry = expiries.get(id);
          if (expiry != null && !isPast(expiry, now)) {
            return false;
          }
          expiries.put(id, now.plus(lifetime));
          return true;
        });
  }

  boolean deleteEnded(Instant before, int limit) {
    return expiries.removeIf(expiry -> isPast(expiry, before), limit);
  }

  private static boolean isPast(Instant expiry, Instant now) {
    return !now.isBefore(expiry);
  }
}
