package io.mcpoauth.runner.proxy;

import io.mcpoauth.servlet.internal.forward.EventBoundary;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Puts a comment, which clients skip, into an event stream that has been silent: many networks
 * forget connections on which nothing moves (HTML Living Standard, 9.2.7).
 */
final class Heartbeat {

  private static final byte[] COMMENT = {':', '\n', '\n'};

  private final EventBoundary boundary;
  private final Scheduler scheduler;
  private final Duration interval;
  private final Runnable onDue;
  private volatile boolean silent;
  private volatile boolean due;
  private Scheduler.@Nullable Task next;
  private boolean over;

  /**
   * Begins.
   *
   * @param interval after how long a silence; up to twice as long
   * @param onDue is told when a comment is due
   */
  Heartbeat(EventBoundary boundary, Scheduler scheduler, Duration interval, Runnable onDue) {
    this.boundary = boundary;
    this.scheduler = scheduler;
    this.interval = interval;
    this.onDue = onDue;
    schedule();
  }

  /** Notes what the MCP server sends. */
  void see(ByteBuffer bytes) {
    boundary.see(bytes);
    silent = false;
    due = false;
  }

  /** Whether a comment may be sent now, and should be. */
  boolean isDue() {
    return due && boundary.isBetweenEvents();
  }

  /** The comment. */
  ByteBuffer beat() {
    due = false;
    return ByteBuffer.wrap(COMMENT);
  }

  synchronized void stop() {
    over = true;
    Scheduler.Task task = next;
    if (task != null) {
      task.cancel();
    }
  }

  private synchronized void schedule() {
    if (!over) {
      next = scheduler.schedule(this::tick, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    if (silent) {
      due = true;
      onDue.run();
    }
    silent = true;
    schedule();
  }
}
