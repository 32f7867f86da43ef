package io.mcpoauth.benchmarks.load;

import io.mcpoauth.benchmarks.machine.Command;
import io.mcpoauth.benchmarks.rig.PostgresServer;
import io.mcpoauth.benchmarks.rig.WorkFolder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator, with one prepared statement for each transaction. */
public final class PgBench {

  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");

  private final PostgresServer database;
  private final WorkFolder folder;

  /** A generator for that database. */
  public PgBench(PostgresServer database, WorkFolder folder) {
    this.database = database;
    this.folder = folder;
  }

  /**
   * Runs a script.
   *
   * @return transactions per second
   */
  public double perSecond(String script, int clients, int millis) {
    String file = folder.write("pgbench.sql", script).toString();
    String output =
        Command.run(
            database.program(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-D",
                "i=0",
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(Math.min(2, clients)),
                "-T",
                Integer.toString(millis / 1_000),
                "-f",
                file));
    Matcher matcher = RATE.matcher(output);
    if (!matcher.find() || output.contains("ERROR")) {
      throw new IllegalStateException("pgbench said: " + output);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
