package io.mcpoauth.servlet.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that many threads start and at most one runs. Nobody waits: who comes while it runs makes
 * it run once more. So containers' threads, which may hold locks of their own, cannot deadlock
 * here.
 */
final class SerialTask {

  private final AtomicInteger starts = new AtomicInteger();
  private final Runnable task;

  SerialTask(Runnable task) {
    this.task = task;
  }

  void start() {
    int seen = starts.incrementAndGet();
    if (seen != 1) {
      return;
    }
    do {
      runOnce();
      seen = starts.addAndGet(-seen);
    } while (seen != 0);
  }

  /** A run that fails must not stand for one that goes on for ever. */
  private void runOnce() {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      starts.set(0);
      throw e;
    }
  }
}
