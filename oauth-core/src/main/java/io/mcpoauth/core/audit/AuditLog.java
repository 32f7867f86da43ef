package io.mcpoauth.core.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes note of what happened. An event is told once it is true, which is after storage has it, on
 * the thread that serves the request: an implementation that takes long hands it on to another.
 */
@FunctionalInterface
public interface AuditLog {

  /** The name of the logger that {@link #toLogger} writes to. */
  String LOGGER = "io.mcpoauth.audit";

  /** Takes note of the event. */
  void write(AuditEvent event);

  /** One line for each event, at level INFO of the logger {@value #LOGGER}. */
  static AuditLog toLogger() {
    Logger logger = LoggerFactory.getLogger(LOGGER);
    return event -> {
      if (logger.isInfoEnabled()) {
        logger.info("{}", AuditLine.of(event));
      }
    };
  }

  /** The same, except that its failures are ours to report and nobody else's to suffer. */
  static AuditLog harmless(AuditLog log) {
    Logger failures = LoggerFactory.getLogger(AuditLog.class);
    return event -> {
      try {
        log.write(event);
      } catch (RuntimeException e) {
        failures.error("The audit log did not take an event: {}", AuditLine.of(event), e);
      }
    };
  }
}
