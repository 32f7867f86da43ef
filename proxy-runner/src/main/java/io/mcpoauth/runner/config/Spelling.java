package io.mcpoauth.runner.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Spelling {

  private static final int MAX_DISTANCE = 3;

  private Spelling() {}

  /** The known name that is at most three edits away, the nearest one. */
  public static Optional<String> closest(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= MAX_DISTANCE)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** Levenshtein's: the least number of inserted, deleted and replaced characters. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
