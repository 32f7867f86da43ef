package io.mcpoauth.runner.command;

import java.io.PrintStream;
import java.util.Map;

/**
 * What a program is given by whoever starts it.
 *
 * @param out for what was asked for
 * @param err for what is wrong
 * @param environment variables by name
 */
public record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {

  /** That of this process. */
  public static Terminal ofProcess() {
    return new Terminal(System.out, System.err, System.getenv());
  }

  /** Never the environment. */
  @Override
  public String toString() {
    return "Terminal[...]";
  }
}
