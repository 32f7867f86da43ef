package io.mcpoauth.runner.command;

/** How the program ends. */
final class ExitCode {

  /** What was asked for is done; also after a stop that let all requests end. */
  static final int OK = 0;

  /** The configuration was right, but the start or the work failed. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong; nothing was opened. */
  static final int CONFIGURATION = 2;

  private ExitCode() {}
}
