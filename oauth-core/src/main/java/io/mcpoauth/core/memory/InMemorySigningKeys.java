package io.mcpoauth.core.memory;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The chain of signing keys in the order of its making. */
final class InMemorySigningKeys implements SigningKeyStore {

  private final InstantSource clock;
  private final List<Entry> chain = new ArrayList<>();

  InMemorySigningKeys(InstantSource clock) {
    this.clock = clock;
  }

  private record Entry(SigningKey key, Instant appendedAt) {}

  @Override
  public synchronized List<StoredKey> list() {
    Instant now = clock.instant();
    return chain.stream()
        .map(entry -> new StoredKey(entry.key, age(entry.appendedAt, now)))
        .toList();
  }

  @Override
  public synchronized boolean append(SigningKey key) {
    return Objects.equals(newest(), key.predecessor())
        && indexOf(key.kid()) < 0
        && chain.add(new Entry(key, clock.instant()));
  }

  @Override
  public synchronized void reseal(String kid, Sealed sealedPrivateJwk) {
    int index = indexOf(kid);
    if (index >= 0) {
      Entry entry = chain.get(index);
      SigningKey key = entry.key;
      chain.set(
          index,
          new Entry(
              new SigningKey(key.kid(), key.predecessor(), key.publicJwk(), sealedPrivateJwk),
              entry.appendedAt));
    }
  }

  @Override
  public synchronized void forgetBefore(String kid) {
    int index = indexOf(kid);
    if (index > 0) {
      chain.subList(0, index).clear();
    }
  }

  private @Nullable String newest() {
    return chain.isEmpty() ? null : chain.get(chain.size() - 1).key.kid();
  }

  private int indexOf(String kid) {
    return chain.stream().map(entry -> entry.key.kid()).toList().indexOf(kid);
  }

  private static Duration age(Instant since, Instant now) {
    return now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
  }
}
