package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.spi.storage.ChangeFeed;
import io.mcpoauth.core.spi.storage.ChangeFeed.Changes;
import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link GrantDirectory} true: asks the change feed every second, and at once when the feed
 * hints at a change. When the feed has been lost for longer than a bound, nobody is let in, since a
 * revocation might have been missed.
 */
public final class ChangeWatcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChangeWatcher.class);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** Longer than any transaction of storage may take: what committed late is still told. */
  private static final Duration OVERLAP = Duration.ofSeconds(30);

  private final ChangeFeed feed;
  private final GrantDirectory directory;
  private final InstantSource clock;
  private final Duration maxSilence;
  private final ScheduledExecutorService scheduler;
  private final AtomicBoolean pollQueued = new AtomicBoolean();
  private final ScheduledFuture<?> polls;
  private final AutoCloseable subscription;

  /** Guarded by this. */
  private boolean failing;

  /** Null before the first answer. */
  private volatile @Nullable Instant lastContact;

  private volatile Duration storageAhead = Duration.ZERO;

  /**
   * Begins to watch.
   *
   * @param maxSilence how long the feed may be lost before nobody is let in
   * @param scheduler runs the look-ups, which block, one at a time
   */
  public ChangeWatcher(
      ChangeFeed feed,
      GrantDirectory directory,
      InstantSource clock,
      Duration maxSilence,
      ScheduledExecutorService scheduler) {
    this.feed = feed;
    this.directory = directory;
    this.clock = clock;
    this.maxSilence = maxSilence;
    this.scheduler = scheduler;
    this.subscription = feed.subscribe(this::queuePoll);
    this.polls =
        scheduler.scheduleWithFixedDelay(
            this::poll, 0, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Whether everything that happened before the bound is known here. A clock that was set back must
   * not make it so for longer, hence the absolute difference.
   */
  boolean isCurrent() {
    Instant last = lastContact;
    return last != null && Duration.between(last, clock.instant()).abs().compareTo(maxSilence) <= 0;
  }

  /** Storage's time as well as it is known: the one clock that judges expiry (RS-12). */
  Instant now() {
    return clock.instant().plus(storageAhead);
  }

  /** Asks the feed now. */
  private synchronized void poll() {
    pollQueued.set(false);
    Instant asked = clock.instant();
    try {
      Changes changes = changesUntil(asked);
      changes.changes().forEach(directory::apply);
      directory.forgetExpired(changes.storageTime());
      lastContact = asked;
      failing = false;
      // A slow answer tells little about what storage's clock shows now.
      if (Duration.between(asked, clock.instant()).abs().compareTo(POLL_INTERVAL) < 0) {
        storageAhead = Duration.between(asked, changes.storageTime());
      }
    } catch (StorageException e) {
      if (isFirstFailure()) {
        log.warn("Storage does not tell of changes; access is refused after {}", maxSilence);
      }
    } catch (RuntimeException | Error e) {
      // The schedule would end with an exception, and with it every later look.
      log.error("The change feed failed", e);
    }
  }

  /** The directory is empty at first: no grant that has changed until now can be wrong in it. */
  private Changes changesUntil(Instant asked) {
    Instant last = lastContact;
    return last == null
        ? feed.revokedAccessTokens()
        : feed.recent(Duration.between(last, asked).abs().plus(OVERLAP));
  }

  /** One line for each outage, not one each second. */
  private boolean isFirstFailure() {
    boolean first = !failing;
    failing = true;
    return first;
  }

  private void queuePoll() {
    if (pollQueued.compareAndSet(false, true)) {
      try {
        scheduler.execute(this::poll);
      } catch (RejectedExecutionException e) {
        log.debug("A change came after the end");
      }
    }
  }

  @Override
  public void close() {
    polls.cancel(false);
    try {
      subscription.close();
    } catch (Exception e) {
      log.debug("The subscription of the change feed did not close", e);
    }
  }
}
