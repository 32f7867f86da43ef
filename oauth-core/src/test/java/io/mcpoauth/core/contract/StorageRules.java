package io.mcpoauth.core.contract;

import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
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

  final void advance(Duration by) {
    underTest.advance(by);
  }
}
