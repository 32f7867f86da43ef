package io.mcpoauth.runner.e2e;

import io.mcpoauth.servlet.contract.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of its own that a test may stop, kill, freeze and start again. */
final class FaultyPostgres implements AutoCloseable {

  private final int port = FreePorts.next(1);
  private final Path data;
  private @Nullable EmbeddedPostgres server;

  /** One that has not been started, with its data in that folder. */
  FaultyPostgres(Path data) {
    this.data = data;
  }

  /** Where it is, whether it runs or not. */
  String dsn() {
    return "postgres://postgres:postgres@127.0.0.1:" + port + "/postgres?sslmode=disable";
  }

  /** Starts it on the data that it had. */
  void start() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              // What was acknowledged must outlive the kill; the builder's default lets it go.
              .setServerConfig("synchronous_commit", "on")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it in order; it says goodbye to its clients. */
  void stop() {
    EmbeddedPostgres running = server;
    server = null;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Ends all of its processes at once, as a crash of its machine does. */
  void kill() {
    List<ProcessHandle> processes = processes();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
    stop();
  }

  /** Lets it go silent with its connections open. */
  void freeze() {
    signal("-STOP");
  }

  /** Lets it go on as if nothing had been. */
  void thaw() {
    signal("-CONT");
  }

  @Override
  public void close() {
    stop();
  }

  private void signal(String signal) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes().forEach(process -> command.add(String.valueOf(process.pid())));
    try {
      new ProcessBuilder(command).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server and the processes that serve its clients. */
  private List<ProcessHandle> processes() {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip())).orElseThrow();
      return Stream.concat(Stream.of(server), server.descendants()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
