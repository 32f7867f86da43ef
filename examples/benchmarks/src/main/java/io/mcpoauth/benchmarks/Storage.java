package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.load.PgBench;
import io.mcpoauth.benchmarks.load.Workers;
import io.mcpoauth.benchmarks.machine.CpuClock;
import io.mcpoauth.benchmarks.report.BarChart;
import io.mcpoauth.benchmarks.report.Report;
import io.mcpoauth.benchmarks.report.Samples;
import io.mcpoauth.benchmarks.report.Table;
import io.mcpoauth.benchmarks.rig.PostgresServer;
import io.mcpoauth.benchmarks.rig.WorkFolder;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.Schema;

/**
 * The verbs of storage, and PostgreSQL's own load generator with the same statements: what of the
 * database's speed is left above the driver, the pool and JDBI.
 */
final class Storage implements Benchmark {

  private static final int WARM_UP_MILLIS = 6_000;

  @Override
  public void run(Options options) {
    Report report = new Report(options);
    try (WorkFolder folder = new WorkFolder();
        PostgresServer database = new PostgresServer(folder)) {
      Schema.at(database.parsedDsn()).migrate();
      report.say(
          "Java %d, %s, durable commits:"
              .formatted(Runtime.version().feature(), database.version()));
      Table table =
          new Table("verb", "clients", "pgbench/s", "verb/s", "÷ pgbench", "CPU µs of the verb");
      BarChart chart = new BarChart("Storage verbs ÷ pgbench");
      for (StorageVerb verb : StorageVerb.values()) {
        for (int clients : options.numbers("clients", "1,8,16")) {
          Comparison comparison = new Comparison(verb, clients);
          comparison.measure(options, database, folder, report);
          comparison.tabulate(table);
          chart.bar(verb.label() + ", " + clients, comparison.ratio());
        }
      }
      report.add(table);
      report.add("ratio", chart);
    }
    report.finish();
  }

  /** One verb with that many clients, side by side. */
  private static final class Comparison {

    private final StorageVerb verb;
    private final int clients;
    private final Samples ours = new Samples();
    private final Samples pgbench = new Samples();
    private final Samples cpu = new Samples();

    Comparison(StorageVerb verb, int clients) {
      this.verb = verb;
      this.clients = clients;
    }

    void measure(Options options, PostgresServer database, WorkFolder folder, Report report) {
      int millis = 1_000 * options.number("seconds", 3);
      PgBench generator = new PgBench(database, folder);
      try (PostgresStorage storage = PostgresStorage.connect(database.parsedDsn(), clients)) {
        verb.fill(database);
        var unused = Workers.perSecond(clients, WARM_UP_MILLIS / 2, verb.step(storage, clients));
        for (int round = 0; round < options.number("rounds", 3); round++) {
          verb.fill(database);
          pgbench.add(generator.perSecond(verb.script(clients), clients, millis));
          verb.fill(database);
          CpuClock clock = new CpuClock(ProcessHandle.current().pid());
          long before = clock.micros();
          double perSecond = Workers.perSecond(clients, millis, verb.step(storage, clients));
          cpu.add((clock.micros() - before) / (perSecond * millis / 1_000));
          ours.add(perSecond);
        }
      }
      report.progress("%s, %d clients: %.2f".formatted(verb.label(), clients, ratio()));
    }

    double ratio() {
      return ours.medianRatio(pgbench);
    }

    void tabulate(Table table) {
      table.row(verb.label(), clients, pgbench.median(), ours.median(), ratio(), cpu.median());
    }
  }
}
