package io.mcpoauth.core.spi.storage;

/**
 * The name of the encryption key that whoever reads this storage must have. It tells an instance
 * with another key, which could open nothing, before it does harm (DB-25).
 */
public interface EncryptionKeyStore {

  /**
   * The name that is kept; of a storage that has none yet, the given one, which is kept from now
   * on. Of two callers with different names one wins, and both are told its name.
   */
  String require(String fingerprint);

  /**
   * Replaces the name, when everything that is kept can be opened with the next key.
   *
   * @return false when the expected name is not the one that is kept; nothing was changed
   */
  boolean replace(String expected, String next);
}
