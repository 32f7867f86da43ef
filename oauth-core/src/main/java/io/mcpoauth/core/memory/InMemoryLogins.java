package io.mcpoauth.core.memory;

import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Logins by id, each waiting or ended. */
final class InMemoryLogins implements LoginStore {

  private final InstantSource clock;
  private final Kept<Entry> entries;

  InMemoryLogins(InstantSource clock) {
    this.clock = clock;
    this.entries = new Kept<>(clock, Entry::isExpired);
  }

  /**
   * What is known of one id.
   *
   * @param waiting null once the login was consumed or cancelled
   */
  private record Entry(@Nullable PendingLogin waiting, boolean cancelled, Instant expiresAt) {

    boolean isExpired(Instant now) {
      return !now.isBefore(expiresAt);
    }

    @Nullable PendingLogin waitingAt(Instant now) {
      return isExpired(now) ? null : waiting;
    }
  }

  @Override
  public synchronized Start begin(PendingLogin login, Duration lifetime) {
    Instant now = clock.instant();
    Entry known = entries.get(login.id());
    if (known != null && known.waitingAt(now) == null) {
      return Start.ENDED;
    }
    entries.put(
        login.id(), new Entry(login, false, known == null ? now.plus(lifetime) : known.expiresAt));
    return Start.BEGUN;
  }

  synchronized void deleteEnded(Instant before) {
    entries.sweep(before);
  }

  @Override
  public synchronized boolean cancel(String loginId, Duration lifetime) {
    Instant now = clock.instant();
    Entry known = entries.get(loginId);
    if (known != null && known.waitingAt(now) == null) {
      return known.cancelled && !known.isExpired(now);
    }
    Instant remembered = now.plus(lifetime);
    if (known != null && known.expiresAt.isAfter(remembered)) {
      remembered = known.expiresAt;
    }
    entries.put(loginId, new Entry(null, true, remembered));
    return true;
  }

  @Override
  public synchronized Consumption consume(String loginId, SecretHash browser) {
    Entry known = entries.get(loginId);
    PendingLogin waiting = known == null ? null : known.waitingAt(clock.instant());
    if (known == null || waiting == null) {
      return new Consumption.Gone();
    }
    if (!waiting.browser().matches(browser)) {
      return new Consumption.WrongBrowser();
    }
    entries.put(loginId, new Entry(null, false, known.expiresAt));
    return new Consumption.Consumed(waiting.sealedRequest());
  }
}
