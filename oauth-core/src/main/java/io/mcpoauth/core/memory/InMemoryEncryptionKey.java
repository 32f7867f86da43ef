package io.mcpoauth.core.memory;

import io.mcpoauth.core.spi.storage.EncryptionKeyStore;
import org.jspecify.annotations.Nullable;

/** The name of the encryption key. */
final class InMemoryEncryptionKey implements EncryptionKeyStore {

  private @Nullable String kept;

  @Override
  public synchronized String require(String fingerprint) {
    if (kept == null) {
      kept = fingerprint;
    }
    return kept;
  }

  @Override
  public synchronized boolean replace(String expected, String next) {
    if (!expected.equals(kept)) {
      return false;
    }
    kept = next;
    return true;
  }
}
