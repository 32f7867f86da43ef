package io.mcpoauth.benchmarks.load;

import io.mcpoauth.benchmarks.machine.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** Threads that do one thing over and over until time is up. */
public final class Workers {

  private Workers() {}

  /**
   * Lets threads work.
   *
   * @param step one piece of work; takes the number of its thread
   * @return pieces of work per second
   * @throws IllegalStateException when a step fails
   */
  public static double perSecond(int threads, int millis, IntConsumer step) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    AtomicBoolean over = new AtomicBoolean();
    try {
      List<Future<Long>> counts = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        counts.add(executor.submit(() -> repeat(over, () -> step.accept(thread))));
      }
      executor.shutdown();
      Pause.forMillis(millis);
      over.set(true);
      long total = 0;
      for (Future<Long> count : counts) {
        total += count.get();
      }
      return total * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a step failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }

  private static long repeat(AtomicBoolean over, Runnable step) {
    long count = 0;
    while (!over.get()) {
      step.run();
      count++;
    }
    return count;
  }
}
