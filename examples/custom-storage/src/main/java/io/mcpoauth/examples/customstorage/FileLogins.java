package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.time.Duration;
import java.time.Instant;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** Logins by id, each waiting or ended. */
final class FileLogins implements LoginStore {

  private final Steps steps;
  private final Shelf<StoredLogin> logins;

  /**
   * One login.
   *
   * @param waiting null once it was consumed or cancelled
   */
  private record StoredLogin(@Nullable PendingLogin waiting, boolean cancelled, Instant expiresAt) {

    boolean isPast(Instant now) {
      return !now.isBefore(expiresAt);
    }

    boolean hasEnded(Instant now) {
      return waiting == null || isPast(now);
    }
  }

  FileLogins(MVStore store, Steps steps) {
    this.steps = steps;
    this.logins = new Shelf<>(store, "logins", StoredLogin.class);
  }

  @Override
  public Start begin(PendingLogin login, Duration lifetime) {
    return steps.write(
        now -> {
          StoredLogin known = logins.get(login.id());
          if (known != null && known.hasEnded(now)) {
            return Start.ENDED;
          }
          Instant end = known == null ? now.plus(lifetime) : known.expiresAt();
          logins.put(login.id(), new StoredLogin(login, false, end));
          return Start.BEGUN;
        });
  }

  @Override
  public boolean cancel(String loginId, Duration lifetime) {
    return steps.write(
        now -> {
          StoredLogin known = logins.get(loginId);
          if (known != null && known.hasEnded(now)) {
            return known.cancelled() && !known.isPast(now);
          }
          Instant end = now.plus(lifetime);
          if (known != null && known.expiresAt().isAfter(end)) {
            end = known.expiresAt();
          }
          logins.put(loginId, new StoredLogin(null, true, end));
          return true;
        });
  }

  @Override
  public Consumption consume(String loginId, SecretHash browser) {
    return steps.write(
        now -> {
          StoredLogin known = logins.get(loginId);
          PendingLogin waiting = known == null || known.isPast(now) ? null : known.waiting();
          if (known == null || waiting == null) {
            return new Consumption.Gone();
          }
          if (!waiting.browser().matches(browser)) {
            return new Consumption.WrongBrowser();
          }
          logins.put(loginId, new StoredLogin(null, false, known.expiresAt()));
          return new Consumption.Consumed(waiting.sealedRequest());
        });
  }

  boolean deleteEnded(Instant before, int limit) {
    return logins.removeIf(login -> login.isPast(before), limit);
  }
}
