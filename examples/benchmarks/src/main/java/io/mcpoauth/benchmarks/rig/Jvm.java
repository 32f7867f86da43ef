package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.Options;
import io.mcpoauth.benchmarks.machine.JavaHome;
import java.util.ArrayList;
import java.util.List;

/**
 * How the servers in Java are run, all alike.
 *
 * @param flags what is given to the JVM
 */
public record Jvm(JavaHome home, List<String> flags) {

  private static final String STANDARD_FLAGS = "-Xmx512m -XX:+UseSerialGC";

  /** The JVMs of {@code --java folder[,folder]}, with {@code --flags}. */
  public static List<Jvm> of(Options options) {
    List<String> flags = List.of(options.text("flags", STANDARD_FLAGS).split(" ", -1));
    return JavaHome.listed(options.text("java", "")).stream()
        .map(home -> new Jvm(home, flags))
        .toList();
  }

  /** The beginning of a command line. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(home.program("java"));
    command.addAll(flags);
    return command;
  }

  @Override
  public String toString() {
    return home.toString();
  }
}
