package io.mcpoauth.core.keys;

import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.secret.Envelope;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import io.mcpoauth.core.spi.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign access tokens: ES256, kept in storage with the private part sealed, made by
 * whichever instance starts first, known to all.
 *
 * <p>Safe for use by several threads. A key is read from storage once; an unknown {@code kid} makes
 * storage be asked again, but not more often than every few seconds, so that forged tokens cannot
 * cause a query each.
 */
public final class SigningKeys {

  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(5);
  private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(1);

  private final SigningKeyStore store;
  private final Envelope envelope;
  private final SecretSource random;
  private final InstantSource clock;

  /** Guarded by this. */
  private @Nullable Outage outage;

  private volatile Loaded loaded = new Loaded(List.of(), Instant.MIN);

  /** The keys of that store, sealed with the ring's first key. */
  public SigningKeys(
      SigningKeyStore store, KeyRing keys, SecretSource random, InstantSource clock) {
    this.store = store;
    this.envelope = new Envelope(keys, KeyPurpose.SIGNING_KEY, random);
    this.random = random;
    this.clock = clock;
  }

  private record Outage(StorageException cause, Instant at) {}

  private record Loaded(List<PublicJsonWebKey> keys, Instant at) {}

  /** The key that signs now; made if there is none yet. */
  PublicJsonWebKey current() {
    List<PublicJsonWebKey> keys = loaded.keys();
    if (keys.isEmpty()) {
      keys = reload();
    }
    while (keys.isEmpty()) {
      store.append(generate());
      keys = reload();
    }
    return keys.get(keys.size() - 1);
  }

  /** The public key of that {@code kid}; empty when no key of ours has it. */
  Optional<PublicKey> find(String kid) {
    Optional<PublicKey> known = find(loaded.keys(), kid);
    return known.isPresent() || isFresh() ? known : find(reloadUnlessFresh(), kid);
  }

  private boolean isFresh() {
    return clock.instant().isBefore(loaded.at().plus(RELOAD_INTERVAL));
  }

  /** Those who waited for another's reload take what it found. */
  private synchronized List<PublicJsonWebKey> reloadUnlessFresh() {
    if (isFresh()) {
      return loaded.keys();
    }
    Outage recent = outage;
    if (recent != null && clock.instant().isBefore(recent.at().plus(OUTAGE_PAUSE))) {
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

  /** Whether there is a key to sign with. */
  public boolean isPrepared() {
    return !loaded.keys().isEmpty();
  }

  /** The public keys as a JWK set (RFC 7517 section 5). */
  public String publicJwks() {
    current();
    List<Map<String, Object>> keys =
        loaded.keys().stream().map(key -> key.toParams(OutputControlLevel.PUBLIC_ONLY)).toList();
    return Json.write(Map.of("keys", keys));
  }

  private static Optional<PublicKey> find(List<PublicJsonWebKey> keys, String kid) {
    return keys.stream()
        .filter(key -> kid.equals(key.getKeyId()))
        .map(PublicJsonWebKey::getPublicKey)
        .findFirst();
  }

  private synchronized List<PublicJsonWebKey> reload() {
    List<PublicJsonWebKey> keys = store.list().stream().map(this::open).toList();
    loaded = new Loaded(keys, clock.instant());
    return keys;
  }

  private PublicJsonWebKey open(SigningKey key) {
    byte[] jwk =
        envelope
            .open(owner(key.kid()), key.sealedPrivateJwk())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the encryption key does not open the signing keys in storage"));
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(new String(jwk, StandardCharsets.UTF_8));
    } catch (JoseException e) {
      throw new IllegalStateException("a stored signing key is not a JWK", e);
    }
  }

  private SigningKey generate() {
    try {
      EllipticCurveJsonWebKey jwk = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      jwk.setKeyId(random.identifier());
      jwk.setAlgorithm("ES256");
      jwk.setUse("sig");
      Map<String, Object> whole =
          new LinkedHashMap<>(jwk.toParams(OutputControlLevel.INCLUDE_PRIVATE));
      Sealed sealed =
          envelope.seal(owner(jwk.getKeyId()), Json.write(whole).getBytes(StandardCharsets.UTF_8));
      return new SigningKey(
          jwk.getKeyId(),
          null,
          jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY),
          sealed,
          clock.instant());
    } catch (JoseException e) {
      throw new IllegalStateException("every Java platform has the curve P-256", e);
    }
  }

  private static String owner(String kid) {
    return "signing_keys/" + kid;
  }
}
