package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.machine.JavaHome;
import io.mcpoauth.benchmarks.micro.HotPath;
import io.mcpoauth.benchmarks.report.BarChart;
import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.report.Table;
import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The token check and the header policy alone, with what they allocate (JMH). */
final class Micro implements Benchmark {

  private static final double NANOS_PER_MICRO = 1_000;

  @Override
  public void run(Options options) {
    Report report = new Report(options);
    for (JavaHome home : JavaHome.listed(options.text("java", ""))) {
      Table table = new Table("operation", "µs", "± µs", "allocated bytes");
      BarChart chart = new BarChart("µs for an operation, " + home);
      for (RunResult result : measure(options, home)) {
        String name = result.getPrimaryResult().getLabel();
        Result<?> allocated =
            Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
        double micros = result.getPrimaryResult().getScore() / NANOS_PER_MICRO;
        table.row(
            name,
            micros,
            result.getPrimaryResult().getScoreError() / NANOS_PER_MICRO,
            allocated.getScore());
        if (!name.contains("Forged")) {
          chart.bar(name, micros);
        }
      }
      report.say(home + ":");
      report.add("Java-" + home.feature(), chart);
      report.add(table);
    }
    report.finish();
  }

  private static Collection<RunResult> measure(Options options, JavaHome home) {
    var jmh =
        new OptionsBuilder()
            .include(HotPath.class.getName() + "." + options.text("only", ""))
            .jvm(home.program("java"))
            .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
            .addProfiler(GCProfiler.class)
            .forks(options.number("forks", 1))
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(options.number("iterations", 5))
            .measurementTime(TimeValue.seconds(options.number("seconds", 2)))
            .shouldFailOnError(true)
            .build();
    try {
      return new Runner(jmh).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH failed", e);
    }
  }
}
