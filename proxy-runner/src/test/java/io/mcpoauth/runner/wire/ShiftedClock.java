package io.mcpoauth.runner.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, shifted as tests like. */
final class ShiftedClock implements InstantSource {

  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  void ahead(Duration duration) {
    ahead = duration;
  }

  /** Goes wrong by that much. */
  void skew(Duration by) {
    ahead = ahead.plus(by);
  }
}
