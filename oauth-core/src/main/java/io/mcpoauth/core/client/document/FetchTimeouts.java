package io.mcpoauth.core.client.document;

import java.time.Duration;

/**
 * How long a document may take.
 *
 * @param reaching name, connection and TLS together; a fetch that fails before this is over is
 *     answered when it is over, so that the time of an answer does not tell a refused port from a
 *     filtered one (CM-19)
 * @param whole until the last byte
 */
record FetchTimeouts(Duration reaching, Duration whole) {

  static final FetchTimeouts STANDARD =
      new FetchTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(5));

  FetchTimeouts {
    if (reaching.isNegative() || reaching.isZero() || whole.compareTo(reaching) < 0) {
      throw new IllegalArgumentException("timeouts must be positive, and the whole the longer one");
    }
  }
}
