package io.mcpoauth.benchmarks.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An installed JDK.
 *
 * @param feature its feature release, 17 or 25
 */
public record JavaHome(Path folder, int feature) {

  /** The JDK of that folder. */
  public static JavaHome at(Path folder) {
    String version =
        Command.run(
            List.of(
                folder.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XshowSettings:properties",
                "-version"));
    String feature =
        version
            .lines()
            .filter(line -> line.contains("java.specification.version"))
            .map(line -> line.substring(line.indexOf('=') + 1).strip())
            .findFirst()
            .orElseThrow();
    return new JavaHome(folder, Integer.parseInt(feature));
  }

  /** The JDKs of a list separated by commas, or the one that runs this program. */
  public static List<JavaHome> listed(String folders) {
    List<JavaHome> homes = new ArrayList<>();
    for (String folder : folders.split(",", -1)) {
      homes.add(at(Path.of(folder.isBlank() ? System.getProperty("java.home") : folder.strip())));
    }
    return homes;
  }

  /** A program of this JDK. */
  public String program(String name) {
    Path program = folder.resolve("bin").resolve(name);
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(folder + " has no " + name + ": a JDK is needed");
    }
    return program.toString();
  }

  @Override
  public String toString() {
    return "Java " + feature;
  }
}
