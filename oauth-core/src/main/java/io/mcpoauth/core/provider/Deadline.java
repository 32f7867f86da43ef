package io.mcpoauth.core.provider;

import java.time.Duration;

/**
 * The end of the time that one operation may take in all, however many requests it makes (UP-17).
 *
 * <p>It reads the machine's monotonic clock and not the wall clock: a corrected wall clock must
 * neither cut a request short nor let it hang.
 */
final class Deadline {

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** The nanoseconds left; zero when the time is up. */
  long remainingNanos() {
    return Math.max(0, endNanos - System.nanoTime());
  }
}
