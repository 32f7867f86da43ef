package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.runner.config.StorageConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database to where requests can be served, in the background and for as long as it
 * takes: the database may come up after the proxy (CF-10). Until then {@code /health/ready} answers
 * 503, and documents that need no database are served.
 */
final class Preparation implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Preparation.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "prepare-database");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch tablesMade = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable String lastComplaint;

  /** Begins with the tables. */
  Preparation(StorageConfig storage) {
    worker.execute(
        () -> {
          repeatUntil(() -> madeTables(storage));
          tablesMade.countDown();
        });
  }

  /** Waits for the tables, but no longer than that. */
  void awaitTables(Duration patience) {
    isOver(tablesMade, patience);
  }

  /** Goes on, after the tables, with what the server needs. */
  void finish(AuthorizationServer server) {
    worker.execute(
        () -> {
          if (repeatUntil(server::isReady)) {
            log.info("Ready: the database is prepared");
          }
        });
  }

  @Override
  public void close() {
    closed.countDown();
    worker.shutdownNow();
  }

  private static boolean madeTables(StorageConfig storage) {
    storage.prepare();
    return true;
  }

  private boolean repeatUntil(BooleanSupplier attempt) {
    Duration pause = FIRST_PAUSE;
    while (!succeeds(attempt)) {
      if (isOver(closed, pause)) {
        return false;
      }
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
    return true;
  }

  private boolean succeeds(BooleanSupplier attempt) {
    try {
      boolean success = attempt.getAsBoolean();
      if (!success) {
        complain("the database does not answer, or other instances on it are set up otherwise");
      }
      return success;
    } catch (RuntimeException e) {
      // Not outages alone: a key that opens nothing is for the operator to put right, too.
      complain(Causes.describe(e));
      return false;
    }
  }

  /** Says each reason once, not at each attempt. */
  private void complain(String reason) {
    if (!reason.equals(lastComplaint)) {
      log.warn("Not ready, trying again until it works: {}", reason);
      lastComplaint = reason;
    }
  }

  private static boolean isOver(CountDownLatch latch, Duration patience) {
    try {
      return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
