package io.mcpoauth.runner.config;

import java.time.Duration;

/**
 * How often things are done that nobody asks for.
 *
 * @param cleanUp the removal of what has ended from the database
 * @param heartbeat a comment in event streams that are silent; zero for never
 */
public record Intervals(Duration cleanUp, Duration heartbeat) {

  /** Those of the settings' defaults. */
  public static Intervals standard() {
    return new Intervals(Duration.ofHours(1), Duration.ofSeconds(25));
  }
}
