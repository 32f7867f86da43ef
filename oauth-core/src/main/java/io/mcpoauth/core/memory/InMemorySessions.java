package io.mcpoauth.core.memory;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/** Sessions by the hash of what the browser holds. */
final class InMemorySessions implements SessionStore {

  private final InstantSource clock;
  private final Kept<Entry> byId;

  InMemorySessions(InstantSource clock) {
    this.clock = clock;
    this.byId = new Kept<>(clock, Entry::isPast);
  }

  private record Entry(Sealed session, Instant expiresAt) {

    boolean isPast(Instant now) {
      return !now.isBefore(expiresAt);
    }
  }

  @Override
  public synchronized void begin(SecretHash id, Sealed session, Duration lifetime) {
    byId.put(key(id), new Entry(session, clock.instant().plus(lifetime)));
  }

  @Override
  public synchronized Optional<Sealed> find(SecretHash id) {
    return Optional.ofNullable(byId.get(key(id)))
        .filter(entry -> !entry.isPast(clock.instant()))
        .map(Entry::session);
  }

  @Override
  public synchronized void end(SecretHash id) {
    byId.remove(key(id));
  }

  synchronized void deleteEnded(Instant before) {
    byId.sweep(before);
  }

  private static String key(SecretHash id) {
    return HexFormat.of().formatHex(id.toBytes());
  }
}
