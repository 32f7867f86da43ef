package io.mcpoauth.core.internal.keys;

import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import io.mcpoauth.core.spi.storage.SigningKeyStore.StoredKey;
import io.mcpoauth.core.spi.storage.StorageException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign access tokens: ES256, kept in storage with the private part sealed, made by
 * whichever instance comes first, known to all.
 *
 * <p>Safe for use by several threads. The chain is read from storage at the start and by {@link
 * #maintain}; an unknown {@code kid} makes storage be asked again, but not more often than once a
 * second, so that forged tokens cannot cause a query each. Since a key is published long before it
 * signs, no genuine token depends on that.
 */
public final class SigningKeys {

  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(1);

  private final SigningKeyStore store;
  private final SealedSigningKeys seals;
  private final KeySchedule schedule;
  private final InstantSource clock;

  /** Guarded by this. */
  private @Nullable Outage outage;

  private volatile KeyChain chain = KeyChain.UNREAD;

  /** The keys of that store. */
  public SigningKeys(
      SigningKeyStore store, SealedSigningKeys seals, KeySchedule schedule, InstantSource clock) {
    this.store = store;
    this.seals = seals;
    this.schedule = schedule;
    this.clock = clock;
  }

  private record Outage(StorageException cause, Instant at) {}

  /** The key that signs now; made if there is none yet. */
  PublicJsonWebKey current() {
    return usable().signing(clock.instant()).orElseThrow();
  }

  private KeyChain usable() {
    KeyChain known = chain;
    if (known.isUsable()) {
      return known;
    }
    KeyChain read = reload();
    while (read.links().isEmpty()) {
      store.append(seals.generate(null));
      read = reload();
    }
    return read;
  }

  /** The public key of that {@code kid}; empty when no key of ours has it. */
  Optional<PublicKey> find(String kid) {
    // The chain that was searched has to be fresh, not one that came in meanwhile.
    KeyChain searched = chain;
    Optional<PublicKey> known = find(searched, kid);
    return known.isPresent() || isFresh(searched) ? known : find(reloadUnlessFresh(), kid);
  }

  private boolean isFresh(KeyChain read) {
    return clock.instant().isBefore(read.readAt().plus(RELOAD_INTERVAL));
  }

  /** Those who waited for another's reload take what it found. */
  private synchronized KeyChain reloadUnlessFresh() {
    if (isFresh(chain)) {
      return chain;
    }
    Outage recent = outage;
    if (recent != null && clock.instant().isBefore(recent.at().plus(RELOAD_INTERVAL))) {
      throw recent.cause();
    }
    try {
      return reload();
    } catch (StorageException e) {
      // Unknown keys must not wait for a silent storage one after the other.
      outage = new Outage(e, clock.instant());
      throw e;
    }
  }

  /** Loads the keys, making the first one if need be; for start-up and readiness. */
  public void prepare() {
    current();
  }

  /** The public keys as a JWK set (RFC 7517 section 5), those that will sign soon included. */
  public String publicJwks() {
    List<Map<String, Object>> keys =
        usable().published(schedule, clock.instant()).stream()
            .map(key -> key.toParams(OutputControlLevel.PUBLIC_ONLY))
            .toList();
    return Json.write(Map.of("keys", keys));
  }

  /**
   * Brings this instance and the chain up to date: a key that is old enough gets a successor, of
   * which there is one however many instances do this at once; keys of the past are forgotten; and
   * all are sealed with the first encryption key (CR-06). To be called every minute.
   */
  public void maintain() {
    KeyChain read = reload();
    if (read.isDue(schedule, clock.instant())) {
      appendTo(read);
      read = chain;
    }
    read.endOfPast(schedule, clock.instant()).ifPresent(store::forgetBefore);
    store.list().stream()
        .map(StoredKey::key)
        .filter(key -> !seals.isCurrent(key))
        .forEach(key -> seals.reseal(key).ifPresent(renewed -> store.reseal(key.kid(), renewed)));
  }

  /**
   * Makes the next key now, whatever the age of the newest.
   *
   * @return false when another instance just made one
   */
  public boolean rotate() {
    usable();
    return appendTo(reload());
  }

  private boolean appendTo(KeyChain read) {
    boolean appended = store.append(seals.generate(read.newest()));
    if (appended) {
      log.info("A new signing key is published; it signs in {}", KeySchedule.PUBLISHED_AHEAD);
    }
    reload();
    return appended;
  }

  private Optional<PublicKey> find(KeyChain keys, String kid) {
    return keys.published(schedule, clock.instant()).stream()
        .filter(key -> kid.equals(key.getKeyId()))
        .map(PublicJsonWebKey::getPublicKey)
        .findFirst();
  }

  /** What no encryption key opens is left alone, since another instance may be able to. */
  private synchronized KeyChain reload() {
    KeyChain read = new KeyChain(store.list().stream().map(this::link).toList(), clock.instant());
    if (!read.links().isEmpty() && !read.isUsable()) {
      throw new StorageException("no key of ENCRYPTION_KEY opens the signing keys in storage");
    }
    chain = read;
    return read;
  }

  private KeyChain.Link link(StoredKey stored) {
    return new KeyChain.Link(
        stored.key().kid(), seals.open(stored.key()).orElse(null), stored.age());
  }
}
