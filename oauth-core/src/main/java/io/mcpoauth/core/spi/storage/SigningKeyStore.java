package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.secret.Sealed;
import java.time.Duration;
import java.util.List;

/** Keys that sign access tokens: a chain in which each key follows another. */
public interface SigningKeyStore {

  /** All kept keys, the oldest first. */
  List<StoredKey> list();

  /**
   * Appends a key to the chain, if its predecessor is the newest key, or the chain is empty and it
   * has none: of two instances that make a key at the same time, one wins.
   *
   * @return false when another key has that place; the caller lists again
   */
  boolean append(SigningKey key);

  /**
   * Replaces the sealed form of a key, which stays the same key at its place; nothing happens when
   * there is no such key.
   */
  void reseal(String kid, Sealed sealedPrivateJwk);

  /** Forgets all keys that are older than this one; nothing happens when there is no such key. */
  void forgetBefore(String kid);

  /**
   * A kept key.
   *
   * @param age how long ago it was appended, by storage's clock; never negative
   */
  record StoredKey(SigningKey key, Duration age) {}
}
