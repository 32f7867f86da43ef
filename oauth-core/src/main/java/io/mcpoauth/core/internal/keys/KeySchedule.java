package io.mcpoauth.core.internal.keys;

import java.time.Duration;

/**
 * When signing keys follow each other. A new key is published first and signs later, so that
 * whoever holds a copy of the JWKS knows it by then; the old one stays until its last token has
 * expired.
 *
 * @param maxAge how old the newest key may become before another follows it
 * @param tokenLifetime how long what a key signed last may live on
 */
public record KeySchedule(Duration maxAge, Duration tokenLifetime) {

  /** A good time for a key, unless the operator knows better. */
  public static final Duration STANDARD_MAX_AGE = Duration.ofDays(90);

  /** The JWKS may be kept for an hour by anyone; a second one lets clocks differ. */
  static final Duration PUBLISHED_AHEAD = Duration.ofHours(2);

  /** Instances read the keys every minute, so the last one changes keys a little later. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  /**
   * @throws IllegalArgumentException when keys would follow each other before they have been used
   */
  public KeySchedule {
    if (maxAge.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("a signing key must be used for at least a day");
    }
  }

  /** Whether another key should follow one of that age. */
  boolean isDue(Duration age) {
    return age.compareTo(maxAge) >= 0;
  }

  /** Whether a key of that age signs. */
  static boolean isInUse(Duration age) {
    return age.compareTo(PUBLISHED_AHEAD) >= 0;
  }

  /** Whether no token can be alive that was signed before a key of that age. */
  boolean endsPredecessor(Duration age) {
    return age.compareTo(PUBLISHED_AHEAD.plus(tokenLifetime).plus(SLACK)) >= 0;
  }
}
