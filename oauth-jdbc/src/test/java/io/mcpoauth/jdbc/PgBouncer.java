package io.mcpoauth.jdbc;

import io.mcpoauth.core.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The PgBouncer of this machine, in transaction mode with fewer sessions than callers. */
final class PgBouncer implements AutoCloseable {

  private final Process process;
  private final int port;
  private final TestDatabase database;

  private PgBouncer(Process process, int port, TestDatabase database) {
    this.process = process;
    this.port = port;
    this.database = database;
  }

  static Optional<Path> program() {
    return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static PgBouncer before(TestDatabase database, int sessions, Path folder) throws IOException {
    int port = freePort();
    Path users = folder.resolve("users");
    Path configuration = folder.resolve("pgbouncer.ini");
    Files.writeString(users, "\"postgres\" \"postgres\"\n");
    Files.writeString(
        configuration,
        """
        [databases]
        * = host=127.0.0.1 port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = %s
        pool_mode = transaction
        default_pool_size = %d
        # Another session each time, as under load.
        server_round_robin = 1
        """
            .formatted(database.port(), port, users, sessions));
    List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to be root; what it reads as another user must be open to that one.
      for (Path file : List.of(folder, users, configuration)) {
        file.toFile().setReadable(true, false);
        file.toFile().setExecutable(true, false);
      }
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(configuration.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new PgBouncer(process, port, database);
  }

  PostgresDsn dsn() {
    return PostgresDsn.parse(
        Secret.of(
            "postgres://postgres:postgres@127.0.0.1:%d/%s?sslmode=disable"
                .formatted(port, database.name())));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
