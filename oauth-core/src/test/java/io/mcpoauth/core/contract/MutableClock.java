package io.mcpoauth.core.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class MutableClock implements InstantSource {

  private Instant now;

  /** A clock that stands at that instant. */
  public MutableClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves the clock forward, or back when negative. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
