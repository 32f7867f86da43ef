package io.mcpoauth.benchmarks;

/** A question about speed. */
interface Benchmark {

  /** Measures and reports. */
  void run(Options options);
}
