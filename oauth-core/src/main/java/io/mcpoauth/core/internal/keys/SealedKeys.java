package io.mcpoauth.core.internal.keys;

import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.SigningKeyStore;

/** The signing keys as storage has them, looked at without making or changing any. */
public final class SealedKeys {

  private SealedKeys() {}

  /**
   * Whether the ring opens all signing keys in storage, as it does when there are none.
   *
   * @throws io.mcpoauth.core.spi.storage.StorageException when storage does not answer
   */
  public static boolean open(SigningKeyStore store, KeyRing keys, SecretSource random) {
    SealedSigningKeys seals = new SealedSigningKeys(keys, random);
    return store.list().stream().allMatch(stored -> seals.open(stored.key()).isPresent());
  }
}
