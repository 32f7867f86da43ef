package io.mcpoauth.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Racers that start at the same moment, time and again. */
public final class Race implements AutoCloseable {

  private static final int LONGEST_RACE_IN_SECONDS = 30;

  private final ExecutorService racers;
  private final int size;

  /** A race of that many. */
  public Race(int size) {
    this.size = size;
    this.racers = Executors.newFixedThreadPool(size);
  }

  /** Runs one racer per number from 0 and gives what they answered, in the order of numbers. */
  public <T> List<T> run(IntFunction<T> racer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(size);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int number = i;
      tasks.add(
          () -> {
            start.await(LONGEST_RACE_IN_SECONDS, TimeUnit.SECONDS);
            return racer.apply(number);
          });
    }
    List<T> answers = new ArrayList<>();
    for (Future<T> answer : racers.invokeAll(tasks, LONGEST_RACE_IN_SECONDS, TimeUnit.SECONDS)) {
      answers.add(answer.get());
    }
    return answers;
  }

  @Override
  public void close() {
    racers.shutdownNow();
  }
}
