package io.mcpoauth.runner.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts that were started, to be closed in reverse order; one that fails does not stop the rest.
 */
final class OpenParts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OpenParts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Takes over a part. */
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        log.warn("A part did not close cleanly", e);
      }
    }
  }
}
