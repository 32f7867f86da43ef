package io.mcpoauth.runner.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * One run of the program from its command line.
 *
 * @param out what was printed to standard output
 * @param err what was printed to standard error
 */
public record CommandLineRun(int exitCode, String out, String err) {

  /** Runs the program to its end with those environment variables. */
  public static CommandLineRun of(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), environment);
    int exitCode = new Program(terminal).run(arguments);
    return new CommandLineRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
