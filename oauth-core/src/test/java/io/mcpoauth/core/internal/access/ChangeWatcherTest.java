package io.mcpoauth.core.internal.access;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeWatcherTest {

  private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final ScriptedFeed feed = new ScriptedFeed();
  private final GrantDirectory directory =
      new GrantDirectory(new InMemoryStorage(clock).grants(), TestGrant.PROFILES);
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final ChangeWatcher watcher =
      new ChangeWatcher(feed, directory, clock, MAX_SILENCE, scheduler);

  /** Storage whose clock is five minutes ahead, and which can be lost. */
  private final class ScriptedFeed implements ChangeFeed {

    final Queue<Duration> windows = new ConcurrentLinkedQueue<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile @Nullable Error failure;
    volatile boolean lost;
    volatile Runnable hint = () -> {};

    @Override
    public Changes recent(Duration window) {
      windows.add(window);
      return answer(List.of());
    }

    @Override
    public Changes revokedAccessTokens() {
      return answer(List.of(new Change.AccessTokenRevoked("jti", Instant.MAX)));
    }

    private Changes answer(List<Change> changes) {
      asked.incrementAndGet();
      if (lost) {
        throw new StorageException("scripted", new IOException());
      }
      Error error = failure;
      if (error != null) {
        throw error;
      }
      return new Changes(changes, clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Override
    public AutoCloseable subscribe(Runnable onChange) {
      hint = onChange;
      return () -> hint = () -> {};
    }

    /** Returns once the watcher has asked, after whatever it asked before. */
    void askedAgain() {
      int before = asked.get();
      hint.run();
      await().pollInterval(Duration.ofMillis(2)).until(() -> asked.get() > before);
      // The scheduler has one thread: what it is given now runs after the answer was taken in.
      await().until(scheduler.submit(() -> {})::isDone);
    }
  }

  @AfterEach
  void close() {
    watcher.close();
    scheduler.shutdownNow();
  }

  @Test
  void firstLookIsForRevokedTokensAloneHoweverManyGrantsChanged_RV10() {
    feed.askedAgain();

    assertThat(directory.isRevoked("jti")).isTrue();
    assertThat(feed.windows).allMatch(window -> window.compareTo(Duration.ofMinutes(1)) < 0);
    assertThat(watcher.isCurrent()).isTrue();
  }

  @Test
  void errorIsNotTheLastLook_RS10() {
    feed.failure = new OutOfMemoryError("scripted");
    try (ChangeWatcher failing =
        new ChangeWatcher(feed, directory, clock, MAX_SILENCE, scheduler)) {
      await().until(scheduler.submit(() -> {})::isDone);
      assertThat(failing.isCurrent()).isFalse();
      feed.failure = null;

      await().until(failing::isCurrent);
    }
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
