package io.mcpoauth.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** Runs the benchmark that was asked for. */
public final class Benchmarks {

  private static final Map<String, Benchmark> BY_NAME =
      new TreeMap<>(
          Map.of(
              "throughput", new Throughput(),
              "streams", new Streams(),
              "tokens", new Tokens(),
              "micro", new Micro(),
              "storage", new Storage(),
              "startup", new Startup(),
              "latency", new Latency(),
              "growth", new Growth()));

  private Benchmarks() {}

  /** Takes the name of a benchmark and its options. */
  public static void main(String... words) {
    try {
      Options options = Options.parse(words);
      Benchmark benchmark = BY_NAME.get(options.benchmark());
      if (benchmark == null) {
        throw new IllegalArgumentException("there are " + BY_NAME.keySet());
      }
      benchmark.run(options);
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
