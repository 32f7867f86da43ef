package io.mcpoauth.core.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When each registered client was last used. Guarded by the lock of the grants. */
final class ClientUses {

  private final Map<String, Instant> lastUses = new HashMap<>();

  void use(String clientId, Instant now) {
    lastUses.put(clientId, now);
  }

  boolean isUsedSince(String clientId, Instant since) {
    Instant lastUse = lastUses.get(clientId);
    return lastUse != null && !lastUse.isBefore(since);
  }

  void forget(String clientId) {
    lastUses.remove(clientId);
  }
}
