package io.mcpoauth.core.provider;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The private key with which this server proves to a provider who it is, in place of a secret that
 * both know ({@code private_key_jwt}, RFC 7523). Immutable; prints nothing of the key.
 */
public final class ClientKey {

  private static final Duration LIFE = Duration.ofMinutes(1);

  private final PrivateKey key;
  private final String algorithm;
  private final @Nullable String keyId;
  private final SecretSource random;

  private ClientKey(PrivateKey key, String algorithm, @Nullable String keyId, SecretSource random) {
    this.key = key;
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.random = random;
  }

  /**
   * Reads a key.
   *
   * @param text a private JWK (RFC 7517), whose {@code alg} and {@code kid} are used, or PKCS#8 in
   *     PEM; RSA, EC or Ed25519
   * @param keyId the {@code kid} by which the provider knows the key, before that of a JWK; null
   *     for none
   * @param random for the ids of assertions
   * @throws IllegalArgumentException with a phrase fit for an operator that quotes nothing of it
   */
  public static ClientKey parse(Secret text, @Nullable String keyId, SecretSource random) {
    if (!text.expose().stripLeading().startsWith("{")) {
      PrivateKey key = PemKey.parse(text);
      return checked(new ClientKey(key, PemKey.algorithmOf(key), keyId, random));
    }
    try {
      PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(text.expose());
      PrivateKey key = jwk.getPrivateKey();
      if (key == null) {
        throw new IllegalArgumentException("it holds a public key and not the private one");
      }
      String algorithm = jwk.getAlgorithm() == null ? PemKey.algorithmOf(key) : jwk.getAlgorithm();
      return checked(new ClientKey(key, algorithm, keyId == null ? jwk.getKeyId() : keyId, random));
    } catch (JoseException e) {
      // Its message may quote the key.
      throw new IllegalArgumentException("it is not a JWK of a kind that is known");
    }
  }

  /** A key that cannot sign is found at the start and not by the first user. */
  private static ClientKey checked(ClientKey key) {
    if (!SignatureAlgorithms.ALL.contains(key.algorithm)) {
      throw new IllegalArgumentException("its algorithm is not one for signatures");
    }
    try {
      key.assertion("client", "audience", Instant.EPOCH);
      return key;
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("it cannot sign with " + key.algorithm);
    }
  }

  /**
   * Proves that this server is that client, for a minute and once (RFC 7523 section 3).
   *
   * @param audience what the provider is known by: its token endpoint, as OpenID Connect Core
   *     section 9 has it and as all providers take it
   */
  Secret assertion(String clientId, String audience, Instant now) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(clientId);
    claims.setSubject(clientId);
    claims.setAudience(audience);
    claims.setJwtId(random.identifier());
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFE).getEpochSecond()));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setHeader("typ", "JWT");
    if (keyId != null) {
      signature.setKeyIdHeaderValue(keyId);
    }
    signature.setPayload(claims.toJson());
    signature.setKey(key);
    try {
      return Secret.of(signature.getCompactSerialization());
    } catch (JoseException e) {
      throw new IllegalStateException("the client key does not sign", e);
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "ClientKey[" + algorithm + "]";
  }
}
