package io.mcpoauth.runner.config;

import io.mcpoauth.core.internal.keys.KeySchedule;
import io.mcpoauth.core.secret.KeyRing;
import java.time.Duration;

/**
 * The operator's keys.
 *
 * @param encryption encrypt what is kept
 * @param signingKeyAge how old a signing key becomes before another follows it
 */
public record KeysConfig(KeyRing encryption, Duration signingKeyAge) {

  /** Those keys, with signing keys of the standard age. */
  public static KeysConfig of(KeyRing encryption) {
    return new KeysConfig(encryption, KeySchedule.STANDARD_MAX_AGE);
  }
}
