package io.mcpoauth.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.spi.storage.ChangeFeed;
import io.mcpoauth.core.spi.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeWatcherTest {

  private static final Duration MAX_SILENCE = Duration.ofSeconds(30);
  private static final Duration HISTORY = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ScriptedFeed feed = new ScriptedFeed();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final ChangeWatcher watcher =
      new ChangeWatcher(feed, directory(), clock, HISTORY, MAX_SILENCE, scheduler);

  /** Storage whose clock is five minutes ahead, and which can be lost. */
  private final class ScriptedFeed implements ChangeFeed {

    final Queue<Duration> windows = new ConcurrentLinkedQueue<>();
    volatile boolean lost;
    volatile Runnable hint = () -> {};

    @Override
    public Changes recent(Duration window) {
      windows.add(window);
      if (lost) {
        throw new StorageException("scripted", new IOException());
      }
      return new Changes(List.of(), clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Override
    public AutoCloseable subscribe(Runnable onChange) {
      hint = onChange;
      return () -> hint = () -> {};
    }

    /** Returns once the watcher has asked, after whatever it asked before. */
    void askedAgain() {
      int before = windows.size();
      hint.run();
      await().pollInterval(Duration.ofMillis(2)).until(() -> windows.size() > before);
      // The scheduler has one thread: what it is given now runs after the answer was taken in.
      await().until(scheduler.submit(() -> {})::isDone);
    }
  }

  private GrantDirectory directory() {
    return new GrantDirectory(
        new InMemoryStorage(clock).grants(), TestGrant.PROFILES, Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    watcher.close();
    scheduler.shutdownNow();
  }

  @Test
  void firstLookGoesBackThroughTheHistory_RV10() {
    feed.askedAgain();

    assertThat(feed.windows.peek()).isGreaterThanOrEqualTo(HISTORY);
    assertThat(watcher.isCurrent()).isTrue();
  }

  @Test
  void lostFeedIsToleratedForABound_RS10() {
    feed.askedAgain();
    feed.lost = true;
    clock.advance(MAX_SILENCE);
    assertThat(watcher.isCurrent()).isTrue();
    clock.advance(Duration.ofMillis(1));

    assertThat(watcher.isCurrent()).isFalse();
  }

  @Test
  void lookAfterALossGoesBackToTheLastOne_RV01() {
    feed.askedAgain();
    feed.lost = true;
    clock.advance(Duration.ofMinutes(10));
    feed.askedAgain();
    feed.lost = false;
    feed.windows.clear();
    feed.askedAgain();

    assertThat(feed.windows.peek()).isGreaterThan(Duration.ofMinutes(10));
    assertThat(watcher.isCurrent()).isTrue();
  }

  @Test
  void clockThatIsSetBackMakesNothingCurrentForLonger_RS12() {
    feed.askedAgain();
    feed.lost = true;
    clock.advance(Duration.ofHours(-1));

    assertThat(watcher.isCurrent()).isFalse();
    feed.lost = false;
    feed.askedAgain();
    assertThat(watcher.isCurrent()).isTrue();
    assertThat(feed.windows).allMatch(window -> !window.isNegative());
  }

  @Test
  void timeIsStorages_RS12() {
    feed.askedAgain();

    assertThat(watcher.now()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
  }
}
