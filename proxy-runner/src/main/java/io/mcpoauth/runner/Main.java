package io.mcpoauth.runner;

import io.mcpoauth.runner.command.Program;
import io.mcpoauth.runner.command.Terminal;
import io.mcpoauth.runner.lifecycle.LogQueue;

/** The program: {@code java -jar proxy-runner.jar --help} tells the rest. */
public final class Main {

  private Main() {}

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int exitCode = new Program(Terminal.ofProcess()).run(arguments);
    LogQueue.flush();
    System.exit(exitCode);
  }
}
