package io.mcpoauth.core.internal.client.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Jose;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.protocol.AssertionAlgorithm;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * One public key of a client (RFC 7517).
 *
 * @param keyId its {@code kid}; null when it has none
 * @param algorithms what it may verify: one key serves one kind of algorithm
 */
record ClientKey(@Nullable String keyId, Set<AssertionAlgorithm> algorithms, PublicKey publicKey) {

  private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** 2048 to 8192 bits; the bits themselves are counted later. */
  private static final Pattern MODULUS = Pattern.compile("[A-Za-z0-9_-]{342,1368}");

  /** Up to 32 bits: a verification with a longer exponent costs more than it is worth. */
  private static final Pattern EXPONENT = Pattern.compile("[A-Za-z0-9_-]{2,6}");

  private static final int MIN_MODULUS_BITS = 2_048;
  private static final int MAX_MODULUS_BITS = 8_192;

  /** The key that the JWK is; empty when no assertion could be verified with it. */
  static Optional<ClientKey> read(JsonNode jwk) {
    if (!(jwk instanceof ObjectNode object) || !isForSignatures(object)) {
      return Optional.empty();
    }
    Set<AssertionAlgorithm> algorithms = algorithms(object);
    return algorithms.isEmpty()
        ? Optional.empty()
        : publicKey(object).map(key -> new ClientKey(Json.text(object, "kid"), algorithms, key));
  }

  private static boolean isForSignatures(ObjectNode jwk) {
    JsonNode operations = jwk.get("key_ops");
    boolean verifies = operations == null;
    for (JsonNode operation : operations == null ? List.<JsonNode>of() : operations) {
      verifies |= "verify".equals(operation.textValue());
    }
    return verifies && (!jwk.has("use") || "sig".equals(Json.text(jwk, "use")));
  }

  private static Set<AssertionAlgorithm> algorithms(ObjectNode jwk) {
    Set<AssertionAlgorithm> algorithms = algorithmsOfType(jwk);
    if (jwk.has("alg")) {
      String only = Json.text(jwk, "alg");
      algorithms.removeIf(algorithm -> !algorithm.wireName().equals(only));
    }
    return algorithms;
  }

  private static Set<AssertionAlgorithm> algorithmsOfType(ObjectNode jwk) {
    String type = Json.text(jwk, "kty");
    String curve = Json.text(jwk, "crv");
    if ("EC".equals(type) && "P-256".equals(curve)) {
      return EnumSet.of(AssertionAlgorithm.ES256);
    }
    if ("RSA".equals(type)) {
      return EnumSet.of(AssertionAlgorithm.RS256, AssertionAlgorithm.PS256);
    }
    return "OKP".equals(type) && "Ed25519".equals(curve)
        ? EnumSet.of(AssertionAlgorithm.EDDSA)
        : EnumSet.noneOf(AssertionAlgorithm.class);
  }

  /** Hands on only the members that make the key: others could name URLs or certificates. */
  private static Optional<PublicKey> publicKey(ObjectNode jwk) {
    String type = Json.requiredText(jwk, "kty");
    Map<String, Object> members = new HashMap<>();
    members.put("kty", type);
    boolean wellFormed =
        type.equals("RSA")
            ? take(jwk, "n", MODULUS, members) && take(jwk, "e", EXPONENT, members)
            : take(jwk, "x", COORDINATE, members)
                && (type.equals("OKP") || take(jwk, "y", COORDINATE, members));
    if (!wellFormed) {
      return Optional.empty();
    }
    if (jwk.has("crv")) {
      members.put("crv", Json.requiredText(jwk, "crv"));
    }
    return Jose.read(() -> PublicJsonWebKey.Factory.newPublicJwk(members).getPublicKey())
        .filter(ClientKey::isStrong);
  }

  private static boolean take(
      ObjectNode jwk, String name, Pattern form, Map<String, Object> members) {
    String value = Json.text(jwk, name);
    if (value == null || !form.matcher(value).matches()) {
      return false;
    }
    members.put(name, value);
    return true;
  }

  private static boolean isStrong(PublicKey key) {
    if (!(key instanceof RSAPublicKey rsa)) {
      return true;
    }
    int bits = rsa.getModulus().bitLength();
    BigInteger exponent = rsa.getPublicExponent();
    return bits >= MIN_MODULUS_BITS
        && bits <= MAX_MODULUS_BITS
        && exponent.testBit(0)
        && exponent.compareTo(BigInteger.ONE) > 0;
  }
}
