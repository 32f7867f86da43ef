package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.machine.ChildProcess;
import io.mcpoauth.benchmarks.machine.Command;
import io.mcpoauth.benchmarks.machine.Ports;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.jdbc.PostgresDsn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the machine's, with a cluster of its own and durable commits. Its programs refuse
 * to run as root, so root runs them as the user {@code postgres}, whom the package brings.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final String INSTALL = "apt-get install postgresql";

  private final int port = Ports.free();
  private final Path programs;
  private final Path data;
  private final ChildProcess process;

  /** A server with an empty database. */
  public PostgresServer(WorkFolder folder) {
    programs = programs();
    data = folder.file("postgres");
    Command.run(as(List.of("mkdir", "-m", "700", data.toString()), data));
    Command.run(
        asOwner("initdb", "-D", data.toString(), "-A", "trust", "-U", "bench", "-E", "UTF8"));
    Path log = folder.file("postgres.log");
    process = ChildProcess.start(log, Map.of(), asOwner("postgres", settings())).awaitPort(port);
    awaitAnswer();
    Command.run(program("createdb", "bench"));
  }

  /** A port that is open does not mean that the server has started up. */
  private void awaitAnswer() {
    Command.run(
        List.of(
            "sh",
            "-c",
            "for i in $(seq 300); do \"$1\" -q -h 127.0.0.1 -p \"$2\" && exit; sleep 0.1; done;"
                + " exit 1",
            "await",
            programs.resolve("pg_isready").toString(),
            Integer.toString(port)));
  }

  private String[] settings() {
    return new String[] {
      "-D", data.toString(),
      "-p", Integer.toString(port),
      "-c", "listen_addresses=127.0.0.1",
      "-c", "unix_socket_directories=",
      "-c", "shared_buffers=1GB",
      "-c", "max_wal_size=8GB",
      "-c", "checkpoint_timeout=30min"
    };
  }

  /** Where the database is. */
  public String dsn() {
    return "postgres://bench:unused@127.0.0.1:" + port + "/bench";
  }

  /** The same, read. */
  public PostgresDsn parsedDsn() {
    return PostgresDsn.parse(Secret.of(dsn()));
  }

  /** Runs SQL and gives back what it prints. */
  public String sql(String statements) {
    return Command.run(
        program("psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", statements));
  }

  /** A command line for a program that comes with PostgreSQL, connected to the database. */
  public List<String> program(String name, String... words) {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve(name).toString());
    command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "bench"));
    command.addAll(List.of(words));
    if (!name.equals("createdb")) {
      command.add("bench");
    }
    return command;
  }

  /** The version in one line. */
  public String version() {
    return "PostgreSQL " + sql("show server_version");
  }

  /** This server, to be measured. */
  public Target target() {
    return new Target("PostgreSQL", port, process.pid());
  }

  @Override
  public void close() {
    Command.run(asOwner("pg_ctl", "stop", "-D", data.toString(), "-m", "fast"));
    process.close();
  }

  private List<String> asOwner(String name, String... words) {
    List<String> command = new ArrayList<>(List.of(programs.resolve(name).toString()));
    command.addAll(List.of(words));
    return as(command, data);
  }

  /** Root makes the folder for the other user and then acts as that one. */
  private static List<String> as(List<String> command, Path folder) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return command;
    }
    if (command.get(0).equals("mkdir")) {
      return List.of(
          "install", "-d", "-m", "700", "-o", "postgres", "-g", "postgres", folder.toString());
    }
    List<String> other =
        new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres"));
    other.add("--clear-groups");
    other.addAll(command);
    return other;
  }

  private static Path programs() {
    try (Stream<Path> versions = Files.isDirectory(PACKAGES) ? Files.list(PACKAGES) : Stream.of()) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElseGet(() -> parent(Command.find("initdb", INSTALL)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path parent(Path program) {
    Path folder = program.getParent();
    return folder == null ? Path.of("/") : folder;
  }
}
