package io.mcpoauth.examples.mcpserver;

import java.util.concurrent.TimeUnit;

/** What the countdown waits for before each step. */
@FunctionalInterface
public interface Pace {

  /** Returns when the next step is due. */
  void await() throws InterruptedException;

  /** One step in half a second, so that people can watch it. */
  static Pace halfSeconds() {
    return () -> TimeUnit.MILLISECONDS.sleep(500);
  }
}
