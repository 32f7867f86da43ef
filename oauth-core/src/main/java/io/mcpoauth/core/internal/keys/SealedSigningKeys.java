package io.mcpoauth.core.internal.keys;

import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.secret.Envelope;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Makes signing keys, and seals them for storage under the operator's encryption key. */
public final class SealedSigningKeys {

  private final Envelope envelope;
  private final SecretSource random;

  /** Seals with the first key of the ring, opens with all. */
  public SealedSigningKeys(KeyRing keys, SecretSource random) {
    this.envelope = new Envelope(keys, KeyPurpose.SIGNING_KEY, random);
    this.random = random;
  }

  /** A new ES256 key that follows that one; the first key follows none. */
  public SigningKey generate(@Nullable String predecessor) {
    try {
      EllipticCurveJsonWebKey jwk = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      jwk.setKeyId(random.identifier());
      jwk.setAlgorithm("ES256");
      jwk.setUse("sig");
      String whole = Json.write(jwk.toParams(OutputControlLevel.INCLUDE_PRIVATE));
      return new SigningKey(
          jwk.getKeyId(),
          predecessor,
          jwk.toJson(OutputControlLevel.PUBLIC_ONLY),
          envelope.seal(owner(jwk.getKeyId()), whole.getBytes(StandardCharsets.UTF_8)));
    } catch (JoseException e) {
      throw new IllegalStateException("every Java platform has the curve P-256", e);
    }
  }

  /** The key itself; empty when no encryption key opens it. */
  Optional<PublicJsonWebKey> open(SigningKey key) {
    return envelope.open(owner(key.kid()), key.sealedPrivateJwk()).map(SealedSigningKeys::parse);
  }

  /** Whether the first encryption key sealed it. */
  public boolean isCurrent(SigningKey key) {
    return envelope.isCurrent(key.sealedPrivateJwk());
  }

  /** The same key, sealed with the first encryption key; empty when none opens it. */
  public Optional<Sealed> reseal(SigningKey key) {
    return envelope.reseal(owner(key.kid()), key.sealedPrivateJwk());
  }

  private static PublicJsonWebKey parse(byte[] jwk) {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(new String(jwk, StandardCharsets.UTF_8));
    } catch (JoseException e) {
      throw new IllegalStateException("a stored signing key is not a JWK", e);
    }
  }

  private static String owner(String kid) {
    return "signing_keys/" + kid;
  }
}
