package io.mcpoauth.core.internal.client.assertion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Jose;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.protocol.AssertionAlgorithm;
import io.mcpoauth.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jspecify.annotations.Nullable;

/**
 * A JWT that a client presents in place of a secret. Nothing that it says is believed before {@link
 * #isSignedWith} was asked; no member of its header but {@code alg} and {@code kid} has a meaning.
 */
public final class ClientAssertion {

  /** The only {@code client_assertion_type} (RFC 7523 section 2.2). */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final int MAX_LENGTH = 8_192;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]++)\\.([A-Za-z0-9_-]++)\\.([A-Za-z0-9_-]++)");

  /** A JWT that was made for another purpose is none for this one (RFC 8725 section 3.11). */
  private static final Set<String> TYPES = Set.of("jwt", "client-authentication+jwt");

  private final Secret text;
  private final AssertionAlgorithm algorithm;
  private final @Nullable String keyId;
  private final ObjectNode claims;

  private ClientAssertion(
      Secret text, AssertionAlgorithm algorithm, @Nullable String keyId, ObjectNode claims) {
    this.text = text;
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.claims = claims;
  }

  /** The assertion that the text is; empty when it is none whose signature could be good. */
  public static Optional<ClientAssertion> parse(Secret text) {
    Matcher matcher = FORM.matcher(text.expose());
    if (text.expose().length() > MAX_LENGTH || !matcher.matches()) {
      return Optional.empty();
    }
    Optional<ObjectNode> header = object(matcher.group(1)).filter(ClientAssertion::isPlain);
    Optional<ObjectNode> claims = object(matcher.group(2));
    Optional<AssertionAlgorithm> algorithm =
        header
            .flatMap(json -> Optional.ofNullable(Json.text(json, "alg")))
            .flatMap(AssertionAlgorithm::ofWireName);
    if (header.isEmpty() || claims.isEmpty() || algorithm.isEmpty()) {
      return Optional.empty();
    }
    String keyId = Json.text(header.get(), "kid");
    return Optional.of(new ClientAssertion(text, algorithm.get(), keyId, claims.get()));
  }

  /** Whom the assertion claims to be of; null when it does not say. */
  public @Nullable String clientId() {
    return Json.text(claims, "sub");
  }

  /** Whether one of these keys signed it. */
  public boolean isSignedWith(ClientKeys keys) {
    return keys.fitting(algorithm, keyId).stream().anyMatch(this::isSignedWith);
  }

  ObjectNode claims() {
    return claims;
  }

  private boolean isSignedWith(ClientKey key) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setProviderContext(new ProviderContext());
    jws.setAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.wireName()));
    return Jose.read(
            () -> {
              jws.setCompactSerialization(text.expose());
              jws.setKey(key.publicKey());
              return jws.verifySignature();
            })
        .orElse(false);
  }

  private static boolean isPlain(ObjectNode header) {
    String type = Json.text(header, "typ");
    return !header.has("crit")
        && !header.has("b64")
        && (header.has("typ") == (type != null))
        && (type == null || TYPES.contains(type.toLowerCase(Locale.ROOT)));
  }

  private static Optional<ObjectNode> object(String base64) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(base64);
      return Json.parseObject(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
