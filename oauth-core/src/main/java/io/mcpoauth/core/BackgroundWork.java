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
 * The threads of a server. What waits for providers has its own, so that one that hangs holds up
 * neither the end of streams (RV-09) nor what is done again and again.
 *
 * @param scheduler for the change feed, which must not wait for anything else
 * @param upkeep for what needs storage alone
 * @param providers for what asks providers
 */
record BackgroundWork(
    ScheduledExecutorService scheduler, ExecutorService upkeep, ExecutorService providers) {

  /** More than there are kinds of repeated work, so that some are left for the end of streams. */
  private static final int UPKEEP_THREADS = 4;

  private static final int PROVIDER_THREADS = 16;
  private static final int MAX_WAITING = 10_000;

  static BackgroundWork begin() {
    return new BackgroundWork(
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "mcp-oauth-change-feed")),
        executor(UPKEEP_THREADS, "mcp-oauth-upkeep"),
        executor(PROVIDER_THREADS, "mcp-oauth-provider-tokens"));
  }

  /** Begins nothing new; what is under way goes on to its end. */
  void end() {
    scheduler.shutdown();
    upkeep.shutdown();
    providers.shutdown();
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

  private static ExecutorService executor(int threads, String name) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            task -> daemon(task, name));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
