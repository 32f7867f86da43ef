package io.mcpoauth.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** What the rounds of one thing measured. */
public final class Samples {

  private final List<Double> values = new ArrayList<>();

  /** Takes note of a round. */
  public void add(double value) {
    values.add(value);
  }

  /** The middle one, which a disturbed round does not move. */
  public double median() {
    return median(values);
  }

  /**
   * The median of the ratios round by round: what disturbs a machine for a while disturbs both
   * sides of a pair.
   */
  public double medianRatio(Samples other) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < values.size(); round++) {
      ratios.add(values.get(round) / other.values.get(round));
    }
    return median(ratios);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
