package io.mcpoauth.runner.lifecycle;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** A thread of its own writes the log; at the end of the process somebody has to wait for it. */
public final class LogQueue {

  private LogQueue() {}

  /** Writes what waits, for two seconds at the most. Nothing is logged after that. */
  public static void flush() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }
}
