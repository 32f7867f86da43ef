package io.mcpoauth.benchmarks.machine;

import java.util.concurrent.TimeUnit;

/** Waiting, which a measurement does on purpose: a run takes as long as it was told to. */
public final class Pause {

  private Pause() {}

  /** Waits that long. */
  public static void forMillis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
