package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

// snippet: steps
/**
 * What makes each verb one atomic, durable step: one writer at a time, who commits all that it
 * changed at once, or nothing of it. This is the part that every storage has to have in some form.
 */
final class Steps {

  private static final int LONGEST_WAIT_IN_SECONDS = 3;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final MVStore store;
  private final InstantSource clock;

  Steps(MVStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Looks at what was committed, while nobody changes it. */
  <T> T read(Function<Instant, T> step) {
    return alone(lock.readLock(), () -> step.apply(clock.instant()));
  }

  /**
   * Changes something. When this returns, the change is on disk.
   *
   * @param step is given the storage's time
   */
  <T> T write(Function<Instant, T> step) {
    return alone(
        lock.writeLock(),
        () -> {
          try {
            T result = step.apply(clock.instant());
            store.commit();
            store.sync();
            return result;
          } catch (RuntimeException | Error e) {
            store.rollback();
            throw e;
          }
        });
  }

  private static <T> T alone(Lock lock, Supplier<T> step) {
    try {
      if (!lock.tryLock(LONGEST_WAIT_IN_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("other steps take too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted", e);
    } catch (IllegalStateException e) {
      throw new StorageException("could not begin a step", e);
    }
    try {
      return step.get();
    } catch (RuntimeException e) {
      throw new StorageException("could not finish a step", e);
    } finally {
      lock.unlock();
    }
  }
}
// end snippet: steps
