package io.mcpoauth.runner.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Gives an MCP server up that does not begin its answer in time. The time begins anew as long as
 * the client is still sending its request.
 */
final class AnswerLimit {

  private final Scheduler scheduler;
  private final long limit;
  private final Runnable onLate;
  private volatile long since = NanoTime.now();
  private Scheduler.@Nullable Task check;
  private boolean over;

  private AnswerLimit(Scheduler scheduler, Duration limit, Runnable onLate) {
    this.scheduler = scheduler;
    this.limit = limit.toNanos();
    this.onLate = onLate;
  }

  /**
   * Begins.
   *
   * @param limit zero for none
   * @param onLate is told when the time is over
   */
  static AnswerLimit begin(Scheduler scheduler, Duration limit, Runnable onLate) {
    AnswerLimit begun = new AnswerLimit(scheduler, limit, onLate);
    if (!limit.isZero()) {
      begun.checkIn(begun.limit);
    }
    return begun;
  }

  /** Notes that something of the request was sent. */
  void renew() {
    since = NanoTime.now();
  }

  /** The answer has begun, or will never do. */
  synchronized void stop() {
    over = true;
    Scheduler.Task pending = check;
    if (pending != null) {
      pending.cancel();
    }
  }

  private synchronized void checkIn(long nanos) {
    if (!over) {
      check = scheduler.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void check() {
    long left = limit - NanoTime.since(since);
    if (left > 0) {
      checkIn(left);
    } else {
      onLate.run();
    }
  }
}
