package io.mcpoauth.core.contract;

import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What all parts of the contract share: a fresh storage for each test. */
abstract class StorageRules {

  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration HOUR = Duration.ofHours(1);

  /** How long a test may take where storage's clock goes on by itself. */
  static final Duration SLACK = Duration.ofSeconds(5);

  private StorageUnderTest underTest;

  /** A fresh, empty storage; closed after each test. */
  protected abstract StorageUnderTest open();

  @BeforeEach
  void openStorage() {
    underTest = open();
  }

  @AfterEach
  void closeStorage() {
    underTest.close();
  }

  final StorageUnderTest underTest() {
    return underTest;
  }

  final Storage storage() {
    return underTest.storage();
  }

  /** Storage's time that much later, in whole seconds, as tokens tell theirs. */
  final Instant in(Duration delay) {
    return storage()
        .changes()
        .revokedAccessTokens()
        .storageTime()
        .plus(delay)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  final void advance(Duration by) {
    underTest.advance(by);
  }
}
