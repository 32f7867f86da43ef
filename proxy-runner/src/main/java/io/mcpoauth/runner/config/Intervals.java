package io.mcpoauth.runner.config;

import java.time.Duration;

/**
 * How often things are done that nobody asks for, and how long others are waited for.
 *
 * @param cleanUp the removal of what has ended from the database
 * @param heartbeat a comment in event streams that are silent; zero for never
 * @param answer until an MCP server begins its answer; zero for as long as it takes
 */
public record Intervals(Duration cleanUp, Duration heartbeat, Duration answer) {

  /** Those of the settings' defaults. */
  public static Intervals standard() {
    return new Intervals(Duration.ofHours(1), Duration.ofSeconds(25), Duration.ofMinutes(10));
  }
}
