package io.mcpoauth.runner.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file of settings in the format of {@link Properties}, in UTF-8, under the names of the
 * environment variables.
 *
 * @param values by setting
 * @param problems names that are unknown or stand twice (CF-03), or why the file cannot be read
 */
record ConfigurationFile(Map<Setting, String> values, List<Problem> problems) {

  static final ConfigurationFile NONE = new ConfigurationFile(Map.of(), List.of());

  static ConfigurationFile read(Path path) {
    PropertiesWithDoubles properties = new PropertiesWithDoubles();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      // The message of either may quote the file.
      return new ConfigurationFile(
          Map.of(),
          List.of(
              new Problem(
                  "The configuration file %s cannot be read (%s). Example: --config proxy.properties"
                      .formatted(path, e.getClass().getSimpleName()))));
    }
    return sorted(path, properties);
  }

  private static ConfigurationFile sorted(Path path, PropertiesWithDoubles properties) {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    List<Problem> problems = new ArrayList<>();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      Setting.of(name)
          .ifPresentOrElse(
              setting -> values.put(setting, properties.getProperty(name)),
              () -> problems.add(unknown(path, name)));
    }
    for (String name : properties.doubles) {
      problems.add(new Problem("%s stands twice in %s; keep one".formatted(name, path)));
    }
    return new ConfigurationFile(values, problems);
  }

  private static Problem unknown(Path path, String name) {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    String hint =
        Spelling.closest(name, known).map(meant -> "; did you mean " + meant + "?").orElse("");
    return new Problem("%s in %s is not a setting%s".formatted(name, path, hint));
  }

  /** Notices what {@link Properties} passes over: the last of two equal names would win. */
  private static final class PropertiesWithDoubles extends Properties {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> doubles = new TreeSet<>();

    @Override
    public synchronized Object put(Object key, Object value) {
      if (containsKey(key)) {
        doubles.add(key.toString());
      }
      return super.put(key, value);
    }
  }
}
