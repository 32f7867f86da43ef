package io.mcpoauth.runner.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs initdb and pg_ctl, in a user namespace of their own when this process is root. */
final class PostgresqlPrograms {
  private final Path home;
  private final List<String> prefix;

  private PostgresqlPrograms(Path home, List<String> prefix) {
    this.home = home;
    this.prefix = prefix;
  }

  /** What a program said, and whether it succeeded. */
  record Outcome(boolean success, String output) {}

  static PostgresqlPrograms in(Path home) throws IOException {
    if (!isRoot()) {
      return new PostgresqlPrograms(home, List.of());
    }
    // PostgreSQL refuses to run as root. In a user namespace without a mapping it sees an ordinary
    // user, while its files stay root's.
    List<String> prefix = List.of("unshare", "-U");
    if (!canUnshare()) {
      throw new EmbeddedPostgresqlException(
          "PostgreSQL does not run as root, and this system does not allow a user namespace"
              + " (unshare -U). Run the proxy as another user, or set DATABASE_DSN to a PostgreSQL"
              + " server.");
    }
    return new PostgresqlPrograms(home, prefix);
  }

  Outcome run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static Outcome run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Messages are read below and shown to the operator: one language, no local settings.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    try {
      return new Outcome(process.waitFor() == 0, output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.get(0), e);
    }
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
  }

  private static boolean canUnshare() {
    try {
      return run(List.of("unshare", "-U", "true")).success();
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
