package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes registrations that nobody uses, in steps that hold no lock for long (RG-22). */
public final class ExpireRegistrations implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(ExpireRegistrations.class);
  private static final int STEP = 500;

  /** Without a first grant. */
  private static final Duration NEVER_USED_FOR = Duration.ofDays(1);

  /** After the last use of a grant. */
  private static final Duration IDLE_FOR = Duration.ofDays(90);

  private final ClientStore clients;

  /** Of that store. */
  public ExpireRegistrations(ClientStore clients) {
    this.clients = clients;
  }

  @Override
  public void run() {
    try {
      int removed = 0;
      for (int step = STEP; step == STEP; removed += step) {
        step = clients.deleteUnused(NEVER_USED_FOR, IDLE_FOR, STEP);
      }
      if (removed > 0) {
        log.info("Removed {} client registrations that nobody used", removed);
      }
    } catch (StorageException e) {
      log.warn("Unused client registrations stay for now: {}", e.getMessage());
    }
  }
}
