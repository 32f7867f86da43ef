package io.mcpoauth.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a result has to be read with: the machine and the commit. */
public final class Machine {

  private Machine() {}

  /** Processor, cores, memory and system in one line. */
  public static String describe() {
    return "%s, %d cores, %d GB, Linux %s"
        .formatted(
            valueIn("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(valueIn("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) >> 20,
            System.getProperty("os.version"));
  }

  /** The commit that is checked out, marked when files were changed since. */
  public static String commit() {
    String commit = Command.run(List.of("git", "rev-parse", "--short=10", "HEAD"));
    boolean clean =
        Command.run(List.of("git", "status", "--porcelain", "--untracked-files=no")).isEmpty();
    return clean ? commit : commit + " with local changes";
  }

  private static String valueIn(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
