package io.mcpoauth.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for logs, configurations and a database; gone with the benchmark. */
public final class WorkFolder implements AutoCloseable {

  private final Path root;

  /** A new, empty folder. */
  public WorkFolder() {
    try {
      root = Files.createTempDirectory("mcp-oauth-benchmark-");
      // A server that gives up its rights has to reach its own folder in here.
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of a file in here. */
  public Path file(String name) {
    return root.resolve(name);
  }

  /** Writes a file in here. */
  public Path write(String name, String content) {
    try {
      return Files.writeString(file(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
