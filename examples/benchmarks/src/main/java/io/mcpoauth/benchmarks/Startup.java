package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.load.HttpConnection;
import io.mcpoauth.benchmarks.machine.Pause;
import io.mcpoauth.benchmarks.report.BarChart;
import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.report.Samples;
import io.mcpoauth.benchmarks.report.Table;
import io.mcpoauth.benchmarks.rig.Jvm;
import io.mcpoauth.benchmarks.rig.LiveHeap;
import io.mcpoauth.benchmarks.rig.ProxyRig;
import io.mcpoauth.benchmarks.rig.ProxyServer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How long the proxy takes from its start to its first answer, and what it takes when idle. */
final class Startup implements Benchmark {

  private static final int AOT_CACHE_SINCE = 25;
  private static final int IDLE_MILLIS = 4_000;
  private static final int NO_UPSTREAM = 9_999;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  @Override
  public void run(Options options) {
    Report report = new Report(options);
    Table table =
        new Table("runs on", "s to the first answer", "idle MB in RAM", "live heap MB", "CPU s");
    BarChart chart = new BarChart("Seconds from start to the first answer");
    try (ProxyRig rig = new ProxyRig()) {
      for (Jvm jvm : Jvm.of(options)) {
        measure(options, rig, new Setup(jvm.toString(), jvm, List.of()), report)
            .tabulate(table, chart);
        if (jvm.home().feature() >= AOT_CACHE_SINCE) {
          measure(options, rig, withCache(rig, jvm), report).tabulate(table, chart);
        }
      }
    }
    report.say("The flags of the JVM: " + Jvm.of(options).get(0).flags() + ".");
    report.add(table);
    report.add("first-answer", chart);
    report.finish();
  }

  private record Setup(String name, Jvm jvm, List<String> flags) {}

  private record Result(Setup setup, Samples seconds, Samples resident, Samples heap, Samples cpu) {

    void tabulate(Table table, BarChart chart) {
      table.row(setup.name(), seconds.median(), resident.median(), heap.median(), cpu.median());
      chart.bar(setup.name(), seconds.median());
    }
  }

  /** A run that leaves a cache of what it loaded and linked. */
  private static Setup withCache(ProxyRig rig, Jvm jvm) {
    String cache = rig.folder().file("proxy.aot").toString();
    try (ProxyServer proxy =
        start(rig, new Setup("", jvm, List.of("-XX:AOTCacheOutput=" + cache)))) {
      firstAnswer(proxy);
    }
    return new Setup(jvm + " with an AOT cache", jvm, List.of("-XX:AOTCache=" + cache));
  }

  private static Result measure(Options options, ProxyRig rig, Setup setup, Report report) {
    Result result = new Result(setup, new Samples(), new Samples(), new Samples(), new Samples());
    for (int round = 0; round < options.number("rounds", 5); round++) {
      long start = System.nanoTime();
      try (ProxyServer proxy = start(rig, setup)) {
        firstAnswer(proxy);
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        result.seconds().add(seconds);
        result.cpu().add(proxy.target().cpu().micros() / 1e6);
        Pause.forMillis(IDLE_MILLIS);
        result.resident().add(proxy.target().cpu().residentBytes() / BYTES_PER_MEGABYTE);
        result.heap().add(LiveHeap.bytes(setup.jvm(), proxy.target()) / BYTES_PER_MEGABYTE);
        report.progress("%s: %.2f s".formatted(setup.name(), seconds));
      }
    }
    return result;
  }

  private static ProxyServer start(ProxyRig rig, Setup setup) {
    return new ProxyServer(
        rig.folder(),
        setup.jvm(),
        rig.database(),
        NO_UPSTREAM,
        setup.flags().toArray(new String[0]));
  }

  /** Asks until there is an answer, and requires that it says that the proxy is ready. */
  private static void firstAnswer(ProxyServer proxy) {
    int port = proxy.target().port();
    byte[] request =
        "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
            .formatted(port)
            .getBytes(StandardCharsets.US_ASCII);
    while (true) {
      try (HttpConnection connection = new HttpConnection(port)) {
        if (connection.exchange(request).status() == 200) {
          return;
        }
      } catch (UncheckedIOException e) {
        Pause.forMillis(2);
      }
    }
  }
}
