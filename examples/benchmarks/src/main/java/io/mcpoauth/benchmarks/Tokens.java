package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.load.HttpConnection;
import io.mcpoauth.benchmarks.load.HttpConnection.Response;
import io.mcpoauth.benchmarks.load.Workers;
import io.mcpoauth.benchmarks.report.BarChart;
import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.report.Samples;
import io.mcpoauth.benchmarks.report.Table;
import io.mcpoauth.benchmarks.rig.Grants;
import io.mcpoauth.benchmarks.rig.Jvm;
import io.mcpoauth.benchmarks.rig.ProxyRig;
import io.mcpoauth.benchmarks.rig.ProxyServer;
import io.mcpoauth.benchmarks.rig.Target;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** What the token endpoint can do: refreshes with rotation, and codes exchanged for tokens. */
final class Tokens implements Benchmark {

  private static final int PORT = 9_999;
  private static final int UPSTREAM_THAT_IS_NOT_ASKED = PORT;
  private static final int WARM_UP_SECONDS = 60;

  @Override
  public void run(Options options) {
    Report report = new Report(options);
    Table table =
        new Table("Java", "request", "connections", "req/s", "CPU µs", "PostgreSQL's CPU µs");
    BarChart chart = new BarChart("CPU µs of the proxy for a request to /token");
    for (Jvm jvm : Jvm.of(options)) {
      measure(options, jvm, new Outputs(report, table, chart));
    }
    report.say("The flags of the JVM: " + Jvm.of(options).get(0).flags() + ".");
    report.add(table);
    report.add("cpu", chart);
    report.finish();
  }

  /** Where results go. */
  private record Outputs(Report report, Table table, BarChart chart) {}

  private static void measure(Options options, Jvm jvm, Outputs outputs) {
    int connections = options.number("connections", 16);
    int millis = 1_000 * options.number("seconds", 5);
    try (ProxyRig rig = new ProxyRig()) {
      ProxyServer proxy = rig.proxy(jvm, UPSTREAM_THAT_IS_NOT_ASKED);
      Grants grants = rig.grants(proxy);
      Cost refresh = new Cost("refresh", connections, proxy.target(), rig.database().target());
      Cost exchange =
          new Cost("code exchange", connections, proxy.target(), rig.database().target());
      try (Clients clients = new Clients(proxy.target().port(), connections, grants)) {
        Queue<String> codes = codes(2_000 * options.number("codes", 10), grants);
        clients.offer(codes);
        int warmUp = 1_000 * options.number("warm-up", WARM_UP_SECONDS);
        var unused = Workers.perSecond(connections, warmUp, clients::refresh);
        unused = Workers.perSecond(connections, warmUp / 10, clients::exchange);
        for (int round = 0; round < options.number("rounds", 3); round++) {
          refresh.measure(millis, clients::refresh, outputs.report());
          clients.offer(codes(4_000 * millis / 1_000, grants));
          exchange.measure(millis, clients::exchange, outputs.report());
        }
      }
      refresh.tabulate(jvm, outputs);
      exchange.tabulate(jvm, outputs);
    }
  }

  private static Queue<String> codes(int count, Grants grants) {
    return new ConcurrentLinkedQueue<>(ProxyRig.many(count, grants::code));
  }

  /** What one kind of request costs. */
  private static final class Cost {

    private final String name;
    private final int connections;
    private final Target proxy;
    private final Target database;
    private final Samples rate = new Samples();
    private final Samples cpu = new Samples();
    private final Samples databaseCpu = new Samples();

    Cost(String name, int connections, Target proxy, Target database) {
      this.name = name;
      this.connections = connections;
      this.proxy = proxy;
      this.database = database;
    }

    void measure(int millis, IntConsumer request, Report report) {
      long cpuBefore = proxy.cpu().micros();
      long databaseCpuBefore = database.cpu().micros();
      double perSecond = Workers.perSecond(connections, millis, request);
      double count = perSecond * millis / 1_000;
      rate.add(perSecond);
      cpu.add((proxy.cpu().micros() - cpuBefore) / count);
      databaseCpu.add((database.cpu().micros() - databaseCpuBefore) / count);
      report.progress("%s: %.0f/s".formatted(name, perSecond));
    }

    void tabulate(Jvm jvm, Outputs outputs) {
      outputs
          .table()
          .row(
              jvm.home().feature(),
              name,
              connections,
              rate.median(),
              cpu.median(),
              databaseCpu.median());
      outputs.chart().bar(name + ", " + jvm, cpu.median());
    }
  }

  /** One client for each connection, which holds a refresh token and takes codes from a heap. */
  private static final class Clients implements AutoCloseable {

    private static final String COMMON = "&client_id=" + Grants.CLIENT_ID;

    private final int port;
    private final List<HttpConnection> connections;
    private final String[] refreshTokens;
    private final Queue<String> codes = new ConcurrentLinkedQueue<>();

    Clients(int port, int count, Grants grants) {
      this.port = port;
      this.connections = IntStream.range(0, count).mapToObj(i -> new HttpConnection(port)).toList();
      this.refreshTokens = ProxyRig.many(count, grants::refreshToken).toArray(new String[0]);
    }

    void offer(Queue<String> more) {
      codes.addAll(more);
    }

    void refresh(int client) {
      String form = "grant_type=refresh_token&refresh_token=" + refreshTokens[client] + COMMON;
      refreshTokens[client] = refreshTokenIn(post(client, form));
    }

    void exchange(int client) {
      String code = codes.poll();
      if (code == null) {
        throw new IllegalStateException("too few codes were made: give --codes a larger number");
      }
      String form =
          "grant_type=authorization_code&code=%s&code_verifier=%s&redirect_uri=%s%s"
              .formatted(code, Grants.VERIFIER, Grants.REDIRECT_URI, COMMON);
      String token = refreshTokenIn(post(client, form));
      if (token.isEmpty()) {
        throw new IllegalStateException("no refresh token");
      }
    }

    private String post(int client, String form) {
      Response response =
          connections.get(client).exchange(HttpConnection.form("/token", port, form));
      if (response.status() != 200) {
        throw new IllegalStateException("HTTP " + response.status() + ": " + response.body());
      }
      return response.body();
    }

    private static String refreshTokenIn(String body) {
      String before = "\"refresh_token\":\"";
      int start = body.indexOf(before) + before.length();
      return body.substring(start, body.indexOf('"', start));
    }

    @Override
    public void close() {
      connections.forEach(HttpConnection::close);
    }
  }
}
