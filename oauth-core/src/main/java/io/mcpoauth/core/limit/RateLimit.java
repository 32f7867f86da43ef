package io.mcpoauth.core.limit;

import java.time.Duration;

/**
 * So many requests in a time, all at once or spread over it.
 *
 * @param requests 0 where there is no limit
 * @param per the time after which all of them may be used again
 */
public record RateLimit(int requests, Duration per) {

  private static final RateLimit NONE = new RateLimit(0, Duration.ofSeconds(1));

  /**
   * @throws IllegalArgumentException when the number is negative or the time is not positive
   */
  public RateLimit {
    if (requests < 0 || per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException("a limit is so many requests in a time");
    }
  }

  /** No limit at all. */
  public static RateLimit none() {
    return NONE;
  }

  /** So many requests in a minute. */
  public static RateLimit perMinute(int requests) {
    return new RateLimit(requests, Duration.ofMinutes(1));
  }

  /** The same for that many at once. */
  public RateLimit times(int factor) {
    return new RateLimit(Math.multiplyExact(requests, factor), per);
  }

  /** Whether there is no limit. */
  public boolean isNone() {
    return requests == 0;
  }
}
