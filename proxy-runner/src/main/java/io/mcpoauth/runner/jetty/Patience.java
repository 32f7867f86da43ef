package io.mcpoauth.runner.jetty;

import java.time.Duration;

/**
 * How long clients may take (SL-01 to SL-04). Connections on which nothing moves end by the idle
 * time; these are for those on which too little does.
 *
 * @param head until a connection has sent the head of its request
 * @param body until the body of a request to an OAuth endpoint is there
 * @param write until a piece of an answer, 32 KiB at most, is taken
 */
record Patience(Duration head, Duration body, Duration write) {

  /** Far longer than any client takes that means well. */
  static Patience standard() {
    return new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }
}
