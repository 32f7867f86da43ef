package io.mcpoauth.core.client;

import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes registrations that nobody uses, in steps that hold no lock for long (RG-22). */
public final class ExpireRegistrations implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(ExpireRegistrations.class);
  private static final int STEP = 500;

  private final ClientStore clients;
  private final RegistrationSettings settings;

  ExpireRegistrations(ClientStore clients, RegistrationSettings settings) {
    this.clients = clients;
    this.settings = settings;
  }

  @Override
  public void run() {
    try {
      int removed = 0;
      for (int step = STEP; step == STEP; removed += step) {
        step = clients.deleteUnused(settings.neverUsedFor(), settings.idleFor(), STEP);
      }
      if (removed > 0) {
        log.info("Removed {} client registrations that nobody used", removed);
      }
    } catch (StorageException e) {
      log.warn("Unused client registrations stay for now: {}", e.getMessage());
    }
  }
}
