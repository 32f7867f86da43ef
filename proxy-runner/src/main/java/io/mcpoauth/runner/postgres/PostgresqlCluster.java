package io.mcpoauth.runner.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One PostgreSQL data directory: made once, started and stopped many times. */
final class PostgresqlCluster {
  static final String SUPERUSER = "postgres";
  private static final Logger LOG = LoggerFactory.getLogger(PostgresqlCluster.class);
  private static final String WAIT_SECONDS = "60";
  private static final int PORT_ATTEMPTS = 3;

  private final PostgresqlPrograms programs;
  private final Path folder;
  private final Path data;
  private final Path log;

  PostgresqlCluster(PostgresqlPrograms programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
    this.data = folder.resolve("cluster");
    this.log = folder.resolve("postgresql.log");
  }

  boolean exists() {
    return Files.exists(data);
  }

  /** Makes the cluster; a crash half-way leaves nothing that looks like one. */
  void initialise(Path passwordFile) throws IOException {
    Path unfinished = folder.resolve("cluster.new");
    FileUtils.deleteDirectory(unfinished.toFile());
    PostgresqlPrograms.Outcome outcome =
        programs.run(
            "initdb",
            "--pgdata=" + unfinished,
            "--username=" + SUPERUSER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C");
    if (!outcome.success()) {
      throw failure("PostgreSQL could not create its data folder", outcome);
    }
    Files.move(unfinished, data, ATOMIC_MOVE);
  }

  /** A data directory can be read by its own major version alone. */
  void requireSameMajorVersion() throws IOException {
    String kept = Files.readString(data.resolve("PG_VERSION"), UTF_8).strip();
    PostgresqlPrograms.Outcome version = programs.run("pg_ctl", "--version");
    Matcher major = Pattern.compile("\\) (\\d+)").matcher(version.output());
    if (!major.find()) {
      throw failure("The PostgreSQL programs do not run", version);
    }
    if (!major.group(1).equals(kept)) {
      throw new EmbeddedPostgresqlException(
          ("%s was made by PostgreSQL %s, this release brings PostgreSQL %s. Use the release that"
                  + " made it, or move the folder away to start with an empty database.")
              .formatted(data, kept, major.group(1)));
    }
  }

  /**
   * Starts the server on a free port and waits until it accepts connections.
   *
   * @return the port
   */
  int start() throws IOException {
    if (Files.exists(log)) {
      Files.move(log, folder.resolve("postgresql.previous.log"), REPLACE_EXISTING);
    }
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      PostgresqlSettings.write(data, port);
      PostgresqlPrograms.Outcome outcome =
          programs.run(
              "pg_ctl",
              "start",
              "-w",
              "-t",
              WAIT_SECONDS,
              "-D",
              data.toString(),
              "-l",
              log.toString());
      if (outcome.success()) {
        return port;
      }
      // Somebody else can take the free port before the server binds it.
      boolean portTaken =
          Files.exists(log) && Files.readString(log, UTF_8).contains("could not bind");
      if (!portTaken || attempt == PORT_ATTEMPTS) {
        throw failure("PostgreSQL did not start; its log is " + log, outcome);
      }
    }
  }

  void stop() throws IOException {
    PostgresqlPrograms.Outcome outcome =
        programs.run(
            "pg_ctl", "stop", "-m", "fast", "-w", "-t", WAIT_SECONDS, "-D", data.toString());
    if (!outcome.success()) {
      throw failure("PostgreSQL did not stop", outcome);
    }
  }

  /** Ends the server that outlived a killed proxy; the caller holds the data folder's lock. */
  void stopLeftOver() throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid =
        Long.parseLong(Files.readString(pidFile, UTF_8).lines().findFirst().orElse("0").strip());
    ProcessHandle process = ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      return;
    }
    if (process
        .info()
        .command()
        .filter(program -> program.startsWith(folder.toString()))
        .isPresent()) {
      LOG.info("Stopping the PostgreSQL (process {}) that an earlier run left behind", pid);
      stop();
    } else {
      // The number now belongs to another program, which must not be signalled; PostgreSQL would
      // take it for a running server.
      Files.delete(pidFile);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static EmbeddedPostgresqlException failure(
      String what, PostgresqlPrograms.Outcome outcome) {
    return new EmbeddedPostgresqlException(what + ": " + outcome.output());
  }
}
