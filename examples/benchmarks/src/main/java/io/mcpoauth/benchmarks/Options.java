package io.mcpoauth.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What was asked for on the command line.
 *
 * @param benchmark its name
 * @param values of {@code --name value} pairs, by name
 * @param command the command line as a user types it
 */
public record Options(String benchmark, Map<String, String> values, String command) {

  /** Reads {@code benchmark [--name value]...}. */
  static Options parse(String... words) {
    if (words.length == 0 || words.length % 2 == 0) {
      throw new IllegalArgumentException("usage: run.sh <benchmark> [--option value]...");
    }
    Map<String, String> values = new TreeMap<>();
    for (int i = 1; i < words.length; i += 2) {
      if (!words[i].startsWith("--")) {
        throw new IllegalArgumentException("an option begins with --: " + words[i]);
      }
      values.put(words[i].substring(2), words[i + 1]);
    }
    return new Options(
        words[0], Map.copyOf(values), "examples/benchmarks/run.sh " + String.join(" ", words));
  }

  /** The value of an option. */
  public String text(String name, String standard) {
    return values.getOrDefault(name, standard);
  }

  /** The value of an option that is a number. */
  public int number(String name, int standard) {
    return Integer.parseInt(text(name, Integer.toString(standard)));
  }

  /** The value of an option that is a list of numbers. */
  public List<Integer> numbers(String name, String standard) {
    return Stream.of(text(name, standard).split(",", -1)).map(Integer::valueOf).toList();
  }
}
