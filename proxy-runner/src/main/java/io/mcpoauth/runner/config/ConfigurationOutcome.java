package io.mcpoauth.runner.config;

import java.util.List;

/**
 * What reading the configuration came to.
 *
 * @param <T> what was configured
 */
public sealed interface ConfigurationOutcome<T> {

  /** What the operator should look at, whatever the outcome; one line each, without values. */
  List<String> warnings();

  /** All values are given and can work. */
  record Configured<T>(T configuration, List<String> warnings) implements ConfigurationOutcome<T> {}

  /** Every problem that was found, at least one. */
  record Refused<T>(List<Problem> problems, List<String> warnings)
      implements ConfigurationOutcome<T> {}
}
