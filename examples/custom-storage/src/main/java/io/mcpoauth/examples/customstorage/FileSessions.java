package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.h2.mvstore.MVStore;

/** Sessions by the hash of what the browser holds. */
final class FileSessions implements SessionStore {

  private final Steps steps;
  private final Shelf<StoredSession> sessions;

  private record StoredSession(Sealed session, Instant expiresAt) {

    boolean isPast(Instant now) {
      return !now.isBefore(expiresAt);
    }
  }

  FileSessions(MVStore store, Steps steps) {
    this.steps = steps;
    this.sessions = new Shelf<>(store, "sessions", StoredSession.class);
  }

  @Override
  public void begin(SecretHash id, Sealed session, Duration lifetime) {
    steps.write(
        now -> {
          StoredSession stored = new StoredSession(session, now.plus(lifetime));
          sessions.put(key(id), stored);
          return stored;
        });
  }

  @Override
  public Optional<Sealed> find(SecretHash id) {
    return steps.read(
        now ->
            Optional.ofNullable(sessions.get(key(id)))
                .filter(stored -> !stored.isPast(now))
                .map(StoredSession::session));
  }

  @Override
  public void end(SecretHash id) {
    steps.write(
        now -> {
          sessions.remove(key(id));
          return true;
        });
  }

  boolean deleteEnded(Instant before, int limit) {
    return sessions.removeIf(stored -> stored.isPast(before), limit);
  }

  private static String key(SecretHash id) {
    return HexFormat.of().formatHex(id.toBytes());
  }
}
