package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.rig.Jvm;

/** A benchmark of servers in Java, repeated on each JDK that was asked for. */
abstract class ServerBenchmark implements Benchmark {

  @Override
  public final void run(Options options) {
    Report report = new Report(options);
    for (Jvm jvm : Jvm.of(options)) {
      measure(options, jvm, report);
    }
    report.finish();
  }

  /** Measures servers that run on that JVM. */
  abstract void measure(Options options, Jvm jvm, Report report);
}
