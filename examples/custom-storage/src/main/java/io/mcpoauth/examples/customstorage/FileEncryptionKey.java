package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.spi.storage.EncryptionKeyStore;
import java.util.Objects;
import org.h2.mvstore.MVStore;

/** The name of the encryption key. */
record FileEncryptionKey(Steps steps, Shelf<String> names) implements EncryptionKeyStore {

  private static final String CURRENT = "current";

  FileEncryptionKey(MVStore store, Steps steps) {
    this(steps, new Shelf<>(store, "encryption-key", String.class));
  }

  @Override
  public String require(String fingerprint) {
    return steps.write(
        now -> {
          String kept = names.get(CURRENT);
          if (kept == null) {
            names.put(CURRENT, fingerprint);
          }
          return Objects.requireNonNullElse(kept, fingerprint);
        });
  }

  @Override
  public boolean replace(String expected, String next) {
    return steps.write(
        now -> {
          if (!expected.equals(names.get(CURRENT))) {
            return false;
          }
          names.put(CURRENT, next);
          return true;
        });
  }
}
