package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** The chain of signing keys, by growing numbers. */
final class FileSigningKeys implements SigningKeyStore {

  private final Steps steps;
  private final Shelf<Link> chain;

  /** One key, and its place in the chain. */
  private record Link(long place, SigningKey key, Instant appendedAt) {

    StoredKey stored(Instant now) {
      boolean clockWentBack = now.isBefore(appendedAt);
      return new StoredKey(key, clockWentBack ? Duration.ZERO : Duration.between(appendedAt, now));
    }

    Link resealed(Sealed sealed) {
      SigningKey same = new SigningKey(key.kid(), key.predecessor(), key.publicJwk(), sealed);
      return new Link(place, same, appendedAt);
    }
  }

  FileSigningKeys(MVStore store, Steps steps) {
    this.steps = steps;
    this.chain = new Shelf<>(store, "signing-keys", Link.class);
  }

  @Override
  public List<StoredKey> list() {
    return steps.read(now -> chain.all().map(link -> link.stored(now)).toList());
  }

  @Override
  public boolean append(SigningKey key) {
    return steps.write(
        now -> {
          List<Link> links = chain.all().toList();
          Link newest = links.isEmpty() ? null : links.get(links.size() - 1);
          boolean follows =
              Objects.equals(newest == null ? null : newest.key().kid(), key.predecessor());
          return follows
              && find(key.kid()) == null
              && put(new Link(newest == null ? 0 : newest.place() + 1, key, now));
        });
  }

  @Override
  public void reseal(String kid, Sealed sealedPrivateJwk) {
    steps.write(
        now -> {
          Link link = find(kid);
          return link != null && put(link.resealed(sealedPrivateJwk));
        });
  }

  @Override
  public void forgetBefore(String kid) {
    steps.write(
        now -> {
          Link first = find(kid);
          List<Link> older =
              chain.all().filter(link -> first != null && link.place() < first.place()).toList();
          older.forEach(link -> chain.remove(id(link)));
          return older.size();
        });
  }

  private boolean put(Link link) {
    chain.put(id(link), link);
    return true;
  }

  private @Nullable Link find(String kid) {
    return chain.all().filter(link -> link.key().kid().equals(kid)).findFirst().orElse(null);
  }

  private static String id(Link link) {
    return "%019d".formatted(link.place());
  }
}
