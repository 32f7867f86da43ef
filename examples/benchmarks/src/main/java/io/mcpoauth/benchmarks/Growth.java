package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.load.Workers;
import io.mcpoauth.benchmarks.report.BarChart;
import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.report.Samples;
import io.mcpoauth.benchmarks.report.Table;
import io.mcpoauth.benchmarks.rig.GrantRows;
import io.mcpoauth.benchmarks.rig.PostgresServer;
import io.mcpoauth.benchmarks.rig.WorkFolder;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.Schema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Whether storage is as fast with millions of grants as it is with thousands. */
final class Growth implements Benchmark {

  private static final int CLIENTS = 8;
  private static final int WARM_UP_MILLIS = 4_000;
  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(30), Duration.ofDays(180));

  @Override
  public void run(Options options) {
    Report report = new Report(options);
    int few = options.number("few", 10_000);
    int many = options.number("many", 1_000_000);
    try (WorkFolder smallFolder = new WorkFolder();
        PostgresServer smallServer = new PostgresServer(smallFolder);
        WorkFolder largeFolder = new WorkFolder();
        PostgresServer largeServer = new PostgresServer(largeFolder);
        Population small = new Population(smallServer, few);
        Population large = new Population(largeServer, many)) {
      report.say(
          "Java %d, %s; %d clients, grants drawn at random; the tables of %,d grants take %s:"
              .formatted(
                  Runtime.version().feature(), smallServer.version(), CLIENTS, many, large.size()));
      measure(options, List.of(small, large), report);
      tabulate(small, large, report);
    }
    report.finish();
  }

  private static void measure(Options options, List<Population> populations, Report report) {
    for (Population population : populations) {
      population.measure(WARM_UP_MILLIS);
      population.forget();
    }
    for (int round = 0; round < options.number("rounds", 5); round++) {
      for (Population population : populations) {
        population.measure(1_000 * options.number("seconds", 3));
        report.progress("%,d grants: round %d".formatted(population.grants, round + 1));
      }
    }
  }

  private static void tabulate(Population small, Population large, Report report) {
    Table table = new Table("verb", small.label() + " /s", large.label() + " /s", "ratio");
    double find = large.finds.medianRatio(small.finds);
    double rotate = large.rotations.medianRatio(small.rotations);
    table.row("find", small.finds.median(), large.finds.median(), find);
    table.row("rotate", small.rotations.median(), large.rotations.median(), rotate);
    report.add(table);
    BarChart chart = new BarChart(large.label() + " ÷ " + small.label());
    chart.bar("find", find);
    chart.bar("rotate", rotate);
    report.add("ratio", chart);
  }

  /** A database with that many grants. */
  private static final class Population implements AutoCloseable {

    private final int grants;
    private final PostgresServer database;
    private final PostgresStorage storage;

    /** How often the refresh token of each grant was rotated, which makes its hash known. */
    private final AtomicIntegerArray generations;

    private Samples finds = new Samples();
    private Samples rotations = new Samples();

    Population(PostgresServer database, int grants) {
      this.database = database;
      this.grants = grants;
      this.generations = new AtomicIntegerArray(grants + 1);
      Schema.at(database.parsedDsn()).migrate();
      GrantRows.scattered(database, grants);
      this.storage = PostgresStorage.connect(database.parsedDsn(), CLIENTS);
    }

    String label() {
      return "%,d grants".formatted(grants);
    }

    String size() {
      return database.sql(
          "select pg_size_pretty(sum(pg_total_relation_size(oid))) from pg_class where oid in"
              + " ('mcp_oauth.grants'::regclass, 'mcp_oauth.authorization_codes'::regclass)");
    }

    void forget() {
      finds = new Samples();
      rotations = new Samples();
    }

    void measure(int millis) {
      finds.add(Workers.perSecond(CLIENTS, millis, client -> find()));
      rotations.add(Workers.perSecond(CLIENTS, millis, this::rotate));
    }

    private void find() {
      int grant = ThreadLocalRandom.current().nextInt(grants) + 1;
      if (storage.grants().findUsable(GrantRows.scatteredId(grant)).isEmpty()) {
        throw new IllegalStateException("a grant was not found");
      }
    }

    /** Each client draws from its own share, so that no two rotate the same grant. */
    private void rotate(int client) {
      int drawn = ThreadLocalRandom.current().nextInt(grants / CLIENTS);
      int grant = drawn * CLIENTS + client + 1;
      int generation = generations.getAndIncrement(grant);
      Rotation answer =
          storage
              .grants()
              .rotate(
                  GrantRows.scatteredId(grant),
                  SecretHash.of(Integer.toString(generation)),
                  SecretHash.of(Integer.toString(generation + 1)),
                  LIFETIME,
                  Duration.ofMinutes(1));
      if (!(answer instanceof Rotation.Rotated)) {
        throw new IllegalStateException("a token was not rotated");
      }
    }

    @Override
    public void close() {
      storage.close();
    }
  }
}
