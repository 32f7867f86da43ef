package io.mcpoauth.core.flow;

import io.mcpoauth.core.internal.Json;
import java.security.Key;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A client's private key, and the assertions that it signs with it. */
public final class Signer {

  /** The value of {@code client_assertion_type}. */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final PublicJsonWebKey jwk;
  private final String algorithm;

  private Signer(PublicJsonWebKey jwk, String algorithm) {
    this.jwk = jwk;
    this.algorithm = algorithm;
  }

  /** A signer with a new key for that algorithm. */
  public static Signer of(String algorithm) {
    try {
      PublicJsonWebKey jwk =
          switch (algorithm) {
            case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
            case "EdDSA" -> OkpJwkGenerator.generateJwk("Ed25519");
            default -> RsaJwkGenerator.generateJwk(2048);
          };
      jwk.setKeyId("the key");
      return new Signer(jwk, algorithm);
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  /** A signer with the same key that signs in another way. */
  Signer with(String otherAlgorithm) {
    return new Signer(jwk, otherAlgorithm);
  }

  /** The public key. */
  Map<String, Object> publicJwk() {
    return new LinkedHashMap<>(jwk.toParams(OutputControlLevel.PUBLIC_ONLY));
  }

  /** The whole key. */
  Map<String, Object> privateJwk() {
    return new LinkedHashMap<>(jwk.toParams(OutputControlLevel.INCLUDE_PRIVATE));
  }

  /** A JWK set with the public key. */
  public String keySet() {
    return Json.write(Map.of("keys", List.of(publicJwk())));
  }

  /** Claims with nothing wrong in them. */
  public static Map<String, Object> claims(String clientId, String issuer, String id, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", clientId);
    claims.put("sub", clientId);
    claims.put("aud", issuer);
    claims.put("jti", id);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + 60);
    return claims;
  }

  /** An assertion of these claims. */
  public String sign(Map<String, ?> claims) {
    return sign(claims, Map.of());
  }

  /** An assertion with more header members; a null value takes a member away. */
  String sign(Map<String, ?> claims, Map<String, @Nullable Object> header) {
    return sign(claims, header, jwk.getPrivateKey());
  }

  /** An assertion whose signature is an HMAC with that public text as the key. */
  static String signWithHmac(Map<String, ?> claims, byte[] key) {
    Signer hmac = new Signer(Signer.of("ES256").jwk, "HS256");
    return hmac.sign(claims, Map.of(), new HmacKey(key));
  }

  private String sign(Map<String, ?> claims, Map<String, @Nullable Object> header, Key key) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setDoKeyValidation(false);
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setKeyIdHeaderValue("the key");
    header.forEach(jws.getHeaders()::setObjectHeaderValue);
    jws.setPayload(Json.write(claims));
    jws.setKey(key);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }
}
