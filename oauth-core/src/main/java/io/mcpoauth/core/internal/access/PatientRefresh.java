package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.internal.access.ProviderToken.Unavailable;
import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs refreshes in the background, with pauses that take no thread, and completes the result of
 * each, always: a request waits for it.
 */
final class PatientRefresh {

  private static final Logger log = LoggerFactory.getLogger(PatientRefresh.class);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int BUSY_ATTEMPTS = 55;
  private static final int CONCLUSION_ATTEMPTS = 50;

  private final Function<KnownGrant, Optional<Supplier<ProviderToken>>> refresh;
  private final Executor executor;

  /**
   * Runs that refresh.
   *
   * @param refresh gives what is left to do in storage, which may be done several times over; empty
   *     while another instance asks the provider
   * @param executor may reject what is too much
   */
  PatientRefresh(
      Function<KnownGrant, Optional<Supplier<ProviderToken>>> refresh, Executor executor) {
    this.refresh = refresh;
    this.executor = executor;
  }

  void start(KnownGrant grant, CompletableFuture<ProviderToken> result) {
    attempt(grant, result, 1);
  }

  private void attempt(KnownGrant grant, CompletableFuture<ProviderToken> result, int attempt) {
    if (!run(result, () -> attemptNow(grant, result, attempt))) {
      result.complete(new Unavailable());
    }
  }

  private void attemptNow(KnownGrant grant, CompletableFuture<ProviderToken> result, int attempt) {
    Optional<Supplier<ProviderToken>> conclusion = refresh.apply(grant);
    if (conclusion.isPresent()) {
      conclude(conclusion.get(), result, 1);
    } else if (attempt == BUSY_ATTEMPTS) {
      result.complete(new Unavailable());
    } else {
      afterPause(() -> attempt(grant, result, attempt + 1));
    }
  }

  /**
   * Brings what the provider said to storage, again and again if need be: a provider gives its next
   * refresh token once, and what storage cannot take now must not be lost.
   */
  private void conclude(
      Supplier<ProviderToken> conclusion, CompletableFuture<ProviderToken> result, int attempt) {
    try {
      result.complete(conclusion.get());
    } catch (StorageException e) {
      concludeLater(conclusion, result, attempt + 1);
    }
  }

  /** Waits for room, too, where there is too much to do. */
  private void concludeLater(
      Supplier<ProviderToken> conclusion, CompletableFuture<ProviderToken> result, int attempt) {
    if (attempt > CONCLUSION_ATTEMPTS) {
      result.complete(new Unavailable());
      return;
    }
    afterPause(
        () -> {
          if (!run(result, () -> conclude(conclusion, result, attempt))) {
            concludeLater(conclusion, result, attempt + 1);
          }
        });
  }

  /** False when there is too much to do, or the end has come: the task will not run. */
  private boolean run(CompletableFuture<ProviderToken> result, Runnable task) {
    try {
      executor.execute(
          () -> {
            try {
              task.run();
            } catch (StorageException e) {
              result.complete(new Unavailable());
            } catch (RuntimeException | Error e) {
              log.error("The refresh of a provider's tokens failed", e);
              result.complete(new Unavailable());
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * What comes next is short and throws nothing: a delayed executor would lose what it throws, such
   * as that there is no room.
   */
  private static void afterPause(Runnable next) {
    CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(next);
  }
}
