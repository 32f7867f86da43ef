package io.mcpoauth.core.internal.keys;

import io.mcpoauth.core.spi.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link SigningKeys#maintain} in the background. */
public final class KeyUpkeep implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(KeyUpkeep.class);

  private final SigningKeys keys;

  /** Of those keys. */
  public KeyUpkeep(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public void run() {
    try {
      keys.maintain();
    } catch (StorageException e) {
      log.warn("Signing keys stay as they are for now: {}", e.getMessage());
    }
  }
}
