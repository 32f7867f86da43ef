package io.mcpoauth.core.memory;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The chain of signing keys in the order of its making. */
final class InMemorySigningKeys implements SigningKeyStore {

  private final List<SigningKey> chain = new ArrayList<>();

  @Override
  public synchronized List<SigningKey> list() {
    return List.copyOf(chain);
  }

  @Override
  public synchronized boolean append(SigningKey key) {
    for (SigningKey kept : chain) {
      if (kept.kid().equals(key.kid()) || Objects.equals(kept.predecessor(), key.predecessor())) {
        return false;
      }
    }
    return chain.add(key);
  }
}
