package io.mcpoauth.runner.config;

import io.mcpoauth.core.secret.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was given: a flag wins over an environment variable, that one over the configuration file.
 * An empty value counts as not given, since that is how many tools leave out a variable.
 *
 * <p>A final class and not a record: its values must not be printed.
 */
public final class SettingValues {

  private final Map<Setting, String> flags;
  private final Map<String, String> environment;
  private final ConfigurationFile file;

  private SettingValues(
      Map<Setting, String> flags, Map<String, String> environment, ConfigurationFile file) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
    this.file = file;
  }

  /**
   * Collects the values and reads the file.
   *
   * @param configurationFile null when there is none
   */
  public static SettingValues of(
      Map<Setting, String> flags,
      Map<String, String> environment,
      @Nullable Path configurationFile) {
    return new SettingValues(
        flags,
        environment,
        configurationFile == null
            ? ConfigurationFile.NONE
            : ConfigurationFile.read(configurationFile));
  }

  /** What was given for the setting, without space around it; else its default. */
  Optional<String> find(Setting setting) {
    return given(setting).or(setting::defaultValue);
  }

  /** What was given for the setting. */
  Optional<String> given(Setting setting) {
    return notBlank(flags.get(setting))
        .or(() -> notBlank(environment.get(setting.variable())))
        .or(() -> notBlank(file.values().get(setting)));
  }

  /** The environment variables that begin with a plug-in's id, by the rest of their names. */
  Map<String, Secret> environmentOf(String plugin) {
    String prefix = plugin.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix) && !entry.getValue().isBlank())
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> entry.getKey().substring(prefix.length()),
                entry -> Secret.of(entry.getValue().strip())));
  }

  /** What is wrong with the configuration file as a whole. */
  List<Problem> fileProblems() {
    return file.problems();
  }

  /**
   * Environment variables that look like a misspelt setting: they begin with the same word and are
   * a few letters off. The environment has many owners, so this is no reason not to start.
   */
  List<String> warnings() {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    Set<String> firstWords =
        known.stream().map(SettingValues::firstWord).collect(Collectors.toSet());
    List<String> warnings = new ArrayList<>();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!known.contains(name) && firstWords.contains(firstWord(name))) {
        Spelling.closest(name, known)
            .ifPresent(
                meant ->
                    warnings.add(
                        "The environment variable %s is not a setting; did you mean %s?"
                            .formatted(name, meant)));
      }
    }
    return warnings;
  }

  private static String firstWord(String variable) {
    int end = variable.indexOf('_');
    return end < 0 ? variable : variable.substring(0, end);
  }

  private static Optional<String> notBlank(@Nullable String value) {
    return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** Never a value. */
  @Override
  public String toString() {
    return "SettingValues[...]";
  }
}
