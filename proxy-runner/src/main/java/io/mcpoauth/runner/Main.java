package io.mcpoauth.runner;

import io.mcpoauth.runner.command.Program;
import io.mcpoauth.runner.command.Terminal;

/** The program: {@code java -jar proxy-runner.jar --help} tells the rest. */
public final class Main {

  private Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new Program(Terminal.ofProcess()).run(arguments));
  }
}
