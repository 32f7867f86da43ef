package io.mcpoauth.core.provider;

import io.mcpoauth.core.internal.Jose;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;

/**
 * The keys that an issuer publishes. A token of a key that is not in the copy at hand makes the
 * copy be fetched anew, but not more often than once in ten seconds.
 */
final class PublishedKeys {

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Headers that would have the token say itself how to verify it. */
  private static final List<String> REFUSED_HEADERS = List.of("jku", "jwk", "x5u", "crit");

  private final RefreshingCopy<List<JsonWebKey>> keys;

  /**
   * @param keySet fetches the key set document
   */
  PublishedKeys(InstantSource clock, Function<Deadline, Fetched<HttpReply>> keySet) {
    this.keys =
        new RefreshingCopy<>(
            clock, LIFE, PAUSE, deadline -> keySet.apply(deadline).then(KeySet::read));
  }

  /** The token as it came, nothing of it verified; empty when it is no signed JWT. */
  static Optional<JsonWebSignature> signatureOf(Secret token) {
    return Jose.read(
        () -> {
          JsonWebSignature signature = new JsonWebSignature();
          signature.setAlgorithmConstraints(SignatureAlgorithms.ONLY_THESE);
          signature.setCompactSerialization(token.expose());
          return signature;
        });
  }

  /** Whether a header of the token would choose the key, or what else it means. */
  static boolean hasRefusedHeader(JsonWebSignature signature) {
    return REFUSED_HEADERS.stream()
        .anyMatch(name -> signature.getHeaders().getObjectHeaderValue(name) != null);
  }

  /** The key that this is to be verified with; empty when the issuer does not publish it. */
  Fetched<Optional<JsonWebKey>> keyOf(JsonWebSignature signature, Deadline deadline) {
    return keys.get(deadline)
        .then(
            known -> {
              Optional<JsonWebKey> key = select(signature, known);
              return key.isPresent()
                  ? new Fetched.Got<>(key)
                  : keys.getRenewed(deadline)
                      .then(renewed -> new Fetched.Got<>(select(signature, renewed)));
            });
  }

  /**
   * The one key of the header's {@code kid}, and of the type and use that its {@code alg} needs.
   */
  private static Optional<JsonWebKey> select(JsonWebSignature signature, List<JsonWebKey> known) {
    return Jose.read(() -> new VerificationJwkSelector().select(signature, known));
  }
}
