package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.SigningKey;
import java.util.List;

/** Keys that sign access tokens: a chain in which each key follows another. */
public interface SigningKeyStore {

  /** All kept keys, the oldest first. */
  List<SigningKey> list();

  /**
   * Appends a key to the chain, if no other key follows its predecessor yet: of two instances that
   * make a key at the same time, one wins.
   *
   * @return false when another key has that place; the caller lists again
   */
  boolean append(SigningKey key);
}
