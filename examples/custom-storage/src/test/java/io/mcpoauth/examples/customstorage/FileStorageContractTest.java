package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.contract.StorageContract;
import io.mcpoauth.core.contract.StorageUnderTest;
import java.time.Instant;
import org.h2.mvstore.MVStore;

// snippet: contract
/** The whole contract, races included; without a file, which would only make it slow. */
class FileStorageContractTest extends StorageContract {

  @Override
  protected StorageUnderTest open() {
    MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    MVStore store = new MVStore.Builder().autoCommitDisabled().open();
    return StorageUnderTest.of(new FileStorage(store, clock), clock);
  }
}
// end snippet: contract
