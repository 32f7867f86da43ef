package io.mcpoauth.core.provider;

import io.mcpoauth.core.internal.Jose;
import io.mcpoauth.core.secret.Secret;
import java.security.Key;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens (OpenID Connect Core section 3.1.3.7, RFC 8725, UP-10).
 *
 * <p>Keys come from the provider's key set and from nowhere else.
 */
final class IdTokenVerifier {

  private static final int SKEW_SECONDS = 60;

  private final String clientId;
  private final InstantSource clock;
  private final PublishedKeys keys;

  /**
   * @param keySet fetches the provider's key set document
   */
  IdTokenVerifier(
      String clientId, InstantSource clock, Function<Deadline, Fetched<HttpReply>> keySet) {
    this.clientId = clientId;
    this.clock = clock;
    this.keys = new PublishedKeys(clock, keySet);
  }

  /** Whether the issuer that a token names may be the one that we asked. */
  @FunctionalInterface
  interface IssuerRule {
    boolean accepts(@Nullable String keyIssuer, JsonObject claims);
  }

  /** The claims of a token that the right issuer signed for this client. */
  Step<JsonObject> verify(Secret idToken, IssuerRule issuer, Deadline deadline) {
    Optional<JsonWebSignature> signature = PublishedKeys.signatureOf(idToken);
    if (signature.isEmpty()) {
      return Step.rejected("the ID token is no signed JWT");
    }
    if (PublishedKeys.hasRefusedHeader(signature.get())) {
      return Step.rejected("the ID token has a refused header");
    }
    return keyOf(signature.get(), deadline)
        .then(
            key ->
                claims(idToken, key.getKey()).then(claims -> issued(claims, issuer, issuerOf(key))))
        .then(this::forUs);
  }

  private Step<JsonWebKey> keyOf(JsonWebSignature signature, Deadline deadline) {
    return Step.of(keys.keyOf(signature, deadline))
        .then(
            key ->
                key.<Step<JsonWebKey>>map(Step.Next::new)
                    .orElse(Step.rejected("the ID token's key is not in the provider's key set")));
  }

  private Step<JsonObject> claims(Secret idToken, Key key) {
    return Jose.read(() -> verified(idToken, key))
        .orElse(Step.rejected("the ID token is invalid: malformed"));
  }

  private Step<JsonObject> verified(Secret idToken, Key key) {
    try {
      String json =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(SignatureAlgorithms.ONLY_THESE)
              .setVerificationKey(key)
              .setExpectedAudience(clientId)
              .setRequireExpirationTime()
              .setRequireIssuedAt()
              .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
              .setRequireSubject()
              .setAllowedClockSkewInSeconds(SKEW_SECONDS)
              .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
              .build()
              .processToClaims(idToken.expose())
              .getRawJson();
      return JsonObject.parse(json)
          .<Step<JsonObject>>map(Step.Next::new)
          .orElse(Step.rejected("the ID token's claims are unreadable"));
    } catch (InvalidJwtException e) {
      return Step.rejected("the ID token is invalid: " + IdTokenFlaw.nameOf(e));
    }
  }

  private static @Nullable String issuerOf(JsonWebKey key) {
    return key.getOtherParameterValue(KeySet.ISSUER, String.class);
  }

  private static Step<JsonObject> issued(
      JsonObject claims, IssuerRule issuer, @Nullable String keyIssuer) {
    if (claims.text("iss") == null) {
      return Step.rejected("the ID token is invalid: iss missing");
    }
    return issuer.accepts(keyIssuer, claims)
        ? new Step.Next<>(claims)
        : Step.rejected("the ID token is invalid: iss");
  }

  private Step<JsonObject> forUs(JsonObject claims) {
    List<String> audiences = claims.texts("aud");
    String authorizedParty = claims.text("azp");
    boolean severalAudiences = audiences != null && audiences.size() > 1;
    if (authorizedParty == null ? severalAudiences : !authorizedParty.equals(clientId)) {
      return Step.rejected("the ID token is for another client");
    }
    return new Step.Next<>(claims);
  }
}
