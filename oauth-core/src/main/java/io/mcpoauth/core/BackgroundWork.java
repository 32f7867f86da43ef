package io.mcpoauth.core;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a server.
 *
 * @param scheduler for the change feed, which must not wait for anything else
 * @param upkeep bounded, so that a provider that hangs holds up refreshes and nothing else
 */
record BackgroundWork(ScheduledExecutorService scheduler, ExecutorService upkeep) {

  private static final int UPKEEP_THREADS = 16;
  private static final int MAX_WAITING_UPKEEP = 10_000;

  static BackgroundWork begin() {
    return new BackgroundWork(
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "mcp-oauth-change-feed")),
        upkeepExecutor());
  }

  /** Not on the scheduler's own thread, on which the change feed must not wait. */
  ScheduledFuture<?> repeat(Duration interval, Runnable work) {
    Runnable start =
        () -> {
          try {
            upkeep.execute(work);
          } catch (RejectedExecutionException e) {
            // Too much to do now, or closing. Nothing is lost until the next time.
          }
        };
    long seconds = interval.toSeconds();
    return scheduler.scheduleWithFixedDelay(start, seconds, seconds, TimeUnit.SECONDS);
  }

  private static ExecutorService upkeepExecutor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            UPKEEP_THREADS,
            UPKEEP_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING_UPKEEP),
            task -> daemon(task, "mcp-oauth-provider-tokens"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
