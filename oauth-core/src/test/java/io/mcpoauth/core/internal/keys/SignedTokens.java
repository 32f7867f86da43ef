package io.mcpoauth.core.internal.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.secret.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** A server's keys in the hands of a test, which can sign whatever it likes with them. */
final class SignedTokens {

  static final String ISSUER = "https://proxy.example";
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final MutableClock clock = new MutableClock(NOW);
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final SigningKeys keys = keys();
  final AccessTokens tokens = new AccessTokens(ISSUER, keys);

  /** The keys as another instance on the same storage knows them. */
  SigningKeys keys() {
    return keys(TestKeys.ring(1));
  }

  /** The same with those encryption keys. */
  SigningKeys keys(KeyRing ring) {
    return keys(ring, clock);
  }

  /** The same by that clock. */
  SigningKeys keys(KeyRing ring, InstantSource time) {
    return new SigningKeys(
        storage.signingKeys(),
        new SealedSigningKeys(ring, SecretSource.system()),
        new KeySchedule(KeySchedule.STANDARD_MAX_AGE, Duration.ofHours(1)),
        time);
  }

  static AccessTokenClaims claims() {
    return new AccessTokenClaims(
        "jti",
        "user",
        "client",
        new ResourceUri("https://proxy.example/mcp"),
        Scopes.of("read"),
        "grant",
        "alice@example.com",
        null,
        NOW,
        NOW.plusSeconds(3_600));
  }

  String good() {
    return tokens.issue(claims()).expose();
  }

  boolean isAccepted(String token) {
    return tokens.verify(Secret.of(token)).isPresent();
  }

  /** A token of that payload, signed as it must be, with more header members. */
  String signed(String payload, Map<String, Object> header) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setHeader("typ", "at+jwt");
    jws.setAlgorithmHeaderValue("ES256");
    jws.setKeyIdHeaderValue(keys.current().getKeyId());
    header.forEach(jws::setHeader);
    jws.setKey(keys.current().getPrivateKey());
    jws.setPayload(payload);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  /** A good token's payload under another header, signed as it must be. */
  String signedUnder(Map<String, Object> header) {
    return signedUnder(Json.write(header));
  }

  /** The same with a header that may not even be JSON. */
  String signedUnder(String header) {
    String input = encode(header) + "." + encode(payload());
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.current().getPrivateKey());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The payload of a good token as JSON. */
  String payload() {
    return part(good(), 1);
  }

  /** The key that a token names. */
  static String kidOf(String token) {
    return Json.requiredText(header(token), "kid");
  }

  static ObjectNode header(String token) {
    return Json.parseObject(part(token, 0)).orElseThrow();
  }

  static ObjectNode payload(String token) {
    return Json.parseObject(part(token, 1)).orElseThrow();
  }

  private static String part(String token, int index) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8);
  }

  static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
