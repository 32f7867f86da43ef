package io.mcpoauth.core.memory;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.contract.StorageContract;
import io.mcpoauth.core.contract.StorageUnderTest;
import java.time.Instant;

/** The in-memory storage against the contract. */
class InMemoryStorageTest extends StorageContract {

  @Override
  protected StorageUnderTest open() {
    MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    return StorageUnderTest.of(new InMemoryStorage(clock), clock);
  }
}
