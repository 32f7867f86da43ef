package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.load.Wrk;
import io.mcpoauth.benchmarks.report.BarChart;
import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.report.Samples;
import io.mcpoauth.benchmarks.report.Table;
import io.mcpoauth.benchmarks.rig.BareEngine;
import io.mcpoauth.benchmarks.rig.Jvm;
import io.mcpoauth.benchmarks.rig.Nginx;
import io.mcpoauth.benchmarks.rig.ProxyRig;
import io.mcpoauth.benchmarks.rig.ProxyServer;
import io.mcpoauth.benchmarks.rig.Target;
import java.util.List;

/**
 * How many requests pass per second, and what each costs: nginx that only passes them on, Jetty's
 * bare proxy, and ours, which checks tokens and rewrites header fields.
 */
final class Throughput extends ServerBenchmark {

  private static final int WARM_UP_SECONDS = 20;

  /** What the rounds of one server measured. */
  private record Path(Target target, Samples rate, Samples cpu) {
    Path(Target target) {
      this(target, new Samples(), new Samples());
    }
  }

  @Override
  void measure(Options options, Jvm jvm, Report report) {
    try (ProxyRig rig = new ProxyRig()) {
      int upstream = rig.add(Nginx.answering(rig.folder())).target().port();
      ProxyServer proxy = rig.proxy(jvm, upstream);
      List<Target> targets =
          List.of(
              rig.add(Nginx.passingTo(rig.folder(), upstream, true)).target(),
              rig.add(new BareEngine(rig.folder(), jvm, upstream)).target(),
              proxy.target());
      List<String> tokens =
          ProxyRig.many(options.number("tokens", 1_000), rig.grants(proxy)::accessToken);
      String method = options.text("method", "GET");
      Wrk wrk = new Wrk(rig.folder(), tokens, method);
      report.say("%s, %s, %s requests, 1 KB answers:".formatted(jvm, jvm.flags(), method));
      warmUp(wrk, targets, options.number("warm-up", WARM_UP_SECONDS));
      Table table =
          new Table("path", "connections", "req/s", "÷ nginx", "÷ bare", "CPU µs", "CPU ÷ nginx");
      for (int connections : options.numbers("connections", "32,256")) {
        List<Path> paths = rounds(options, wrk, targets, connections, report);
        tabulate(paths, connections, table);
        plot(jvm + ", " + connections + " connections", paths, report);
      }
      report.add(table);
    }
  }

  private static void warmUp(Wrk wrk, List<Target> targets, int seconds) {
    for (Target target : targets) {
      wrk.warmUp(target, target.name().equals("nginx") ? 1 : seconds);
    }
  }

  private static List<Path> rounds(
      Options options, Wrk wrk, List<Target> targets, int connections, Report report) {
    List<Path> paths = targets.stream().map(Path::new).toList();
    for (int round = 0; round < options.number("rounds", 5); round++) {
      for (Path path : paths) {
        Wrk.Run run = wrk.run(path.target(), connections, options.number("seconds", 4));
        path.rate().add(run.rate());
        path.cpu().add(run.cpuMicros());
        report.progress(
            "%s, %d: %.0f/s, %.1f µs"
                .formatted(path.target().name(), connections, run.rate(), run.cpuMicros()));
      }
    }
    return paths;
  }

  private static void tabulate(List<Path> paths, int connections, Table table) {
    Path nginx = paths.get(0);
    Path bare = paths.get(1);
    for (Path path : paths) {
      table.row(
          path.target().name(),
          connections,
          path.rate().median(),
          path.rate().medianRatio(nginx.rate()),
          path.rate().medianRatio(bare.rate()),
          path.cpu().median(),
          path.cpu().medianRatio(nginx.cpu()));
    }
  }

  private static void plot(String what, List<Path> paths, Report report) {
    BarChart chart = new BarChart("Requests per second, " + what);
    for (Path path : paths) {
      chart.bar(path.target().name(), path.rate().median());
    }
    report.add(what.replaceAll("[^0-9A-Za-z]+", "-"), chart);
  }
}
