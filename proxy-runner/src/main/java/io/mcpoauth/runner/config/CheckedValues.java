package io.mcpoauth.runner.config;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.ConfigurationOutcome.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads values one by one and collects what is wrong with them. */
final class CheckedValues {

  private final SettingValues values;
  private final List<Problem> problems;
  private final List<String> warnings;

  CheckedValues(SettingValues values) {
    this.values = values;
    this.problems = new ArrayList<>(values.fileProblems());
    this.warnings = new ArrayList<>(values.warnings());
  }

  /**
   * The value, if it can work.
   *
   * @param parser throws an {@link IllegalArgumentException} whose message is a phrase for the
   *     operator that does not quote the value
   */
  <T> Optional<T> read(Setting setting, Function<String, T> parser) {
    Optional<String> text = values.find(setting);
    if (text.isEmpty()) {
      problems.add(Problem.missing(setting));
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text.get()));
    } catch (IllegalArgumentException e) {
      problems.add(Problem.malformed(setting, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /** The value of a setting that is needed here, whatever its default. */
  <T> Optional<T> readRequired(Setting setting, Function<String, T> parser) {
    if (values.given(setting).isEmpty()) {
      problems.add(Problem.missing(setting));
      return Optional.empty();
    }
    return read(setting, parser);
  }

  /** The value, if one is given and can work. */
  <T> Optional<T> readIfGiven(Setting setting, Function<String, T> parser) {
    return values.given(setting).isEmpty() ? Optional.empty() : read(setting, parser);
  }

  /** The entries of a list; none where it is not given or cannot work. */
  Set<String> readList(Setting setting, Function<String, Set<String>> parser) {
    return readIfGiven(setting, parser).orElse(Set.of());
  }

  /** Whether the operator said anything about one of these. */
  boolean isAnyGiven(Set<Setting> settings) {
    return settings.stream().anyMatch(setting -> values.given(setting).isPresent());
  }

  /** What the environment says of that plug-in, by the names without the plug-in's. */
  Map<String, Secret> settingsOf(String plugin) {
    return values.environmentOf(plugin);
  }

  /** A rule that goes beyond one value. */
  void require(Setting setting, boolean condition, String flaw) {
    if (!condition) {
      problems.add(Problem.malformed(setting, flaw));
    }
  }

  /** Says which given settings have no effect. */
  void warnOfUnused(Set<Setting> used, String reason) {
    String unused =
        Arrays.stream(Setting.values())
            .filter(setting -> !used.contains(setting) && values.given(setting).isPresent())
            .map(Setting::variable)
            .collect(Collectors.joining(", "));
    if (!unused.isEmpty()) {
      warnings.add("Not used here, since " + reason + ": " + unused);
    }
  }

  /** The configuration, made only when nothing is wrong. */
  <T> ConfigurationOutcome<T> outcome(Supplier<T> configuration) {
    return problems.isEmpty()
        ? new Configured<>(configuration.get(), List.copyOf(warnings))
        : new Refused<>(List.copyOf(problems), List.copyOf(warnings));
  }
}
