package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.load.Latencies;
import io.mcpoauth.benchmarks.load.StreamReaders;
import io.mcpoauth.benchmarks.machine.Pause;
import io.mcpoauth.benchmarks.report.BarChart;
import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.report.Samples;
import io.mcpoauth.benchmarks.report.Table;
import io.mcpoauth.benchmarks.rig.BareEngine;
import io.mcpoauth.benchmarks.rig.EventServer;
import io.mcpoauth.benchmarks.rig.Jvm;
import io.mcpoauth.benchmarks.rig.LiveHeap;
import io.mcpoauth.benchmarks.rig.Nginx;
import io.mcpoauth.benchmarks.rig.ProxyRig;
import io.mcpoauth.benchmarks.rig.ProxyServer;
import io.mcpoauth.benchmarks.rig.Target;
import java.util.ArrayList;
import java.util.List;

/** How late events are on thousands of streams, and what a stream takes of the heap. */
final class Streams extends ServerBenchmark {

  private static final int SETTLE_MILLIS = 4_000;
  private static final int WARM_UP_STREAMS = 500;

  /** A server, and what its rounds measured; the heap is that of a JVM alone. */
  private record Path(
      Target target, boolean hasHeap, Samples p50, Samples p99, Samples cpu, Samples heap) {
    Path(Target target, boolean hasHeap) {
      this(target, hasHeap, new Samples(), new Samples(), new Samples(), new Samples());
    }
  }

  @Override
  void measure(Options options, Jvm jvm, Report report) {
    try (ProxyRig rig = new ProxyRig()) {
      Target upstream = rig.add(new EventServer(rig.folder(), jvm)).target();
      Target nginx = rig.add(Nginx.passingTo(rig.folder(), upstream.port(), false)).target();
      Target bare = rig.add(new BareEngine(rig.folder(), jvm, upstream.port())).target();
      ProxyServer proxy = rig.proxy(jvm, upstream.port());
      List<String> tokens =
          ProxyRig.many(options.number("tokens", 1_000), rig.grants(proxy)::accessToken);
      report.say("%s, %s; every stream gets an event each second:".formatted(jvm, jvm.flags()));
      Table table =
          new Table("path", "streams", "p50 ms", "p99 ms", "CPU µs an event", "heap kB a stream");
      warmUp(List.of(bare, proxy.target()), tokens);
      for (int streams : options.numbers("streams", "1000,5000")) {
        List<Path> paths = new ArrayList<>();
        paths.add(new Path(upstream, false));
        paths.add(new Path(nginx, false));
        paths.add(new Path(bare, true));
        paths.add(new Path(proxy.target(), true));
        for (int round = 0; round < options.number("rounds", 3); round++) {
          for (Path path : paths) {
            round(options, jvm, path, streams, tokens, report);
          }
        }
        tabulate(paths, streams, table);
        plot(jvm + ", " + streams + " streams", paths, report);
      }
      report.add(table);
    }
  }

  private static void warmUp(List<Target> targets, List<String> tokens) {
    for (Target target : targets) {
      try (StreamReaders readers = new StreamReaders(target, WARM_UP_STREAMS, tokens)) {
        var unused = readers.readFor(2 * SETTLE_MILLIS);
      }
    }
  }

  private static void round(
      Options options, Jvm jvm, Path path, int streams, List<String> tokens, Report report) {
    Target target = path.target();
    long heapBefore = path.hasHeap() ? LiveHeap.bytes(jvm, target) : 0;
    try (StreamReaders readers = new StreamReaders(target, streams, tokens)) {
      var unused = readers.readFor(SETTLE_MILLIS);
      long cpuBefore = target.cpu().micros();
      Latencies latencies = readers.readFor(1_000 * options.number("seconds", 8));
      double cpu = target.cpu().micros() - cpuBefore;
      path.p50().add(latencies.millis(0.5));
      path.p99().add(latencies.millis(0.99));
      path.cpu().add(cpu / latencies.count());
      if (path.hasHeap()) {
        path.heap().add((LiveHeap.bytes(jvm, target) - heapBefore) / 1_000.0 / streams);
      }
      report.progress(
          "%s, %d streams: %d events, p50 %.2f ms, p99 %.2f ms"
              .formatted(
                  target.name(),
                  streams,
                  latencies.count(),
                  latencies.millis(0.5),
                  latencies.millis(0.99)));
    }
    // Until the other side has noticed that all streams are gone.
    Pause.forMillis(SETTLE_MILLIS / 2);
  }

  private static void tabulate(List<Path> paths, int streams, Table table) {
    for (Path path : paths) {
      table.row(
          path.target().name(),
          streams,
          path.p50().median(),
          path.p99().median(),
          path.cpu().median(),
          path.hasHeap() ? path.heap().median() : "-");
    }
  }

  private static void plot(String what, List<Path> paths, Report report) {
    BarChart chart = new BarChart("Age of an event on arrival, p99 in ms, " + what);
    for (Path path : paths) {
      chart.bar(path.target().name(), path.p99().median());
    }
    report.add(what.replaceAll("[^0-9A-Za-z]+", "-"), chart);
  }
}
