package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.load.FixedRate;
import io.mcpoauth.benchmarks.load.Latencies;
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

/** What a proxy adds to the time of a request when it is not busy: at 30 % of what it can do. */
final class Latency extends ServerBenchmark {

  private static final int CONNECTIONS = 32;
  private static final int CALIBRATION_SECONDS = 5;
  private static final int WARM_UP_SECONDS = 20;

  private record Path(Target target, Samples p50, Samples p99, Samples p999) {
    Path(Target target) {
      this(target, new Samples(), new Samples(), new Samples());
    }
  }

  @Override
  void measure(Options options, Jvm jvm, Report report) {
    try (ProxyRig rig = new ProxyRig()) {
      Target upstream = rig.add(Nginx.answering(rig.folder())).target();
      ProxyServer proxy = rig.proxy(jvm, upstream.port());
      List<String> tokens =
          ProxyRig.many(options.number("tokens", 1_000), rig.grants(proxy)::accessToken);
      Target nginx = rig.add(Nginx.passingTo(rig.folder(), upstream.port(), true)).target();
      Target bare = rig.add(new BareEngine(rig.folder(), jvm, upstream.port())).target();
      Wrk wrk = new Wrk(rig.folder(), tokens, "GET");
      int warmUp = options.number("warm-up", WARM_UP_SECONDS);
      wrk.warmUp(bare, warmUp);
      wrk.warmUp(proxy.target(), warmUp);
      double most = wrk.run(proxy.target(), CONNECTIONS, CALIBRATION_SECONDS).rate();
      int rate = options.number("rate", (int) (0.3 * most));
      report.say(
          "%s, %s; %,d requests per second on %d connections, for all alike (the proxy can %,.0f):"
              .formatted(jvm, jvm.flags(), rate, CONNECTIONS, most));
      List<Path> paths =
          List.of(new Path(upstream), new Path(nginx), new Path(bare), new Path(proxy.target()));
      for (int round = 0; round < options.number("rounds", 3); round++) {
        paths.forEach(path -> round(options, path, rate, tokens));
      }
      report(jvm, paths, report);
    }
  }

  private static void round(Options options, Path path, int rate, List<String> tokens) {
    FixedRate load = new FixedRate(path.target().port(), tokens, CONNECTIONS);
    Latencies latencies = load.run(rate, 1_000 * options.number("seconds", 6));
    path.p50().add(latencies.millis(0.5));
    path.p99().add(latencies.millis(0.99));
    path.p999().add(latencies.millis(0.999));
  }

  private static void report(Jvm jvm, List<Path> paths, Report report) {
    Path nginx = paths.get(1);
    Table table =
        new Table("path", "p50 ms", "p99 ms", "p99.9 ms", "p50 - nginx ms", "p99 - nginx ms");
    BarChart chart = new BarChart("Time of a request at 30 % load, p99 in ms, " + jvm);
    for (Path path : paths) {
      table.row(
          path.target().name(),
          path.p50().median(),
          path.p99().median(),
          path.p999().median(),
          path.p50().median() - nginx.p50().median(),
          path.p99().median() - nginx.p99().median());
      chart.bar(path.target().name(), path.p99().median());
    }
    report.add("Java-" + jvm.home().feature(), chart);
    report.add(table);
  }
}
