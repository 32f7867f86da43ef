package io.mcpoauth.core.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of something that a provider publishes, fetched when needed and by one thread at a time.
 *
 * <p>A copy that cannot be renewed stays in use, and a failure is remembered for a short pause
 * only: a provider that comes back is found again without a restart (UP-19).
 */
final class RefreshingCopy<T> {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshingCopy.class);

  private final InstantSource clock;
  private final Duration life;
  private final Duration pause;
  private final Function<Deadline, Fetched<T>> source;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile State<T> state = new State<>(null, null, null, "not fetched yet");

  private record State<T>(
      @Nullable T value, @Nullable Instant fetchedAt, @Nullable Instant triedAt, String failure) {}

  /**
   * @param life how long a copy counts as fresh
   * @param pause the least time between two fetches, whatever came of the first
   */
  RefreshingCopy(
      InstantSource clock, Duration life, Duration pause, Function<Deadline, Fetched<T>> source) {
    this.clock = clock;
    this.life = life;
    this.pause = pause;
    this.source = source;
  }

  /** The copy, renewed first when it is no longer fresh. */
  Fetched<T> get(Deadline deadline) {
    return isFresh(state) ? answer(state) : renew(deadline, false);
  }

  /** The copy, renewed first although it may be fresh: what was looked for was not in it. */
  Fetched<T> getRenewed(Deadline deadline) {
    return renew(deadline, true);
  }

  private Fetched<T> renew(Deadline deadline, boolean evenFresh) {
    if (!acquire(deadline, evenFresh)) {
      return answer(state);
    }
    try {
      State<T> before = state;
      if (isPausing(before) || (!evenFresh && isFresh(before))) {
        return answer(before);
      }
      state = after(before, source.apply(deadline));
      return answer(state);
    } finally {
      fetching.unlock();
    }
  }

  /** Waits for another thread's fetch only when there is nothing to go on with. */
  private boolean acquire(Deadline deadline, boolean evenFresh) {
    try {
      boolean canGoOn = state.value != null && !evenFresh;
      return canGoOn
          ? fetching.tryLock()
          : fetching.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private State<T> after(State<T> before, Fetched<T> fetched) {
    Instant now = clock.instant();
    if (fetched instanceof Fetched.Got<T> got) {
      return new State<>(got.value(), now, now, "");
    }
    String cause = ((Fetched.Missed<T>) fetched).cause();
    if (before.value != null) {
      LOG.warn("The provider's last good answer stays in use: {}", cause);
    }
    return new State<>(before.value, before.fetchedAt, now, cause);
  }

  private boolean isFresh(State<T> state) {
    return isWithin(life, state.fetchedAt);
  }

  private boolean isPausing(State<T> state) {
    return isWithin(pause, state.triedAt);
  }

  /** An instant that lies ahead, after the clock was set back, counts as long ago. */
  private boolean isWithin(Duration duration, @Nullable Instant since) {
    if (since == null) {
      return false;
    }
    Duration age = Duration.between(since, clock.instant());
    return !age.isNegative() && age.compareTo(duration) < 0;
  }

  private static <T> Fetched<T> answer(State<T> state) {
    T value = state.value;
    return value != null ? new Fetched.Got<>(value) : new Fetched.Missed<>(state.failure);
  }
}
