package io.mcpoauth.core.internal.cleanup;

import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what ended days ago, in steps that hold no lock for long (DB-15). */
public final class RemoveEnded implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(RemoveEnded.class);

  /** Longer than any access token may live, with room for clocks that disagree. */
  private static final Duration KEPT_FOR = Duration.ofDays(2);

  private static final int STEP = 1_000;

  private final Storage storage;

  /** From that storage. */
  public RemoveEnded(Storage storage) {
    this.storage = storage;
  }

  @Override
  public void run() {
    try {
      while (storage.deleteEnded(KEPT_FOR, STEP)) {
        log.debug("Removed up to {} ended facts of each kind", STEP);
      }
    } catch (StorageException e) {
      log.warn("What has ended stays for now: {}", e.getMessage());
    }
  }
}
