package io.mcpoauth.runner.demo;

import io.mcpoauth.core.secret.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Everything that the development sign-in hands out is a signed JWT, so that it survives a restart
 * without storage. The {@code typ} header keeps the kinds apart (RFC 8725, section 3.11).
 */
final class SignedTokens {
  /** What a token may be used for, and for how long. */
  enum Kind {
    TICKET("demo-ticket+jwt", Duration.ofMinutes(10)),
    CODE("demo-code+jwt", Duration.ofMinutes(1)),
    ACCESS("at+jwt", Duration.ofHours(1)),
    REFRESH("demo-refresh+jwt", Duration.ofDays(30)),
    ID("JWT", Duration.ofHours(1));

    private final String type;
    private final Duration life;

    Kind(String type, Duration life) {
      this.type = type;
      this.life = life;
    }

    Duration life() {
      return life;
    }
  }

  private final SigningKey key;
  private final InstantSource clock;
  private final SecretSource secrets;

  SignedTokens(SigningKey key, InstantSource clock, SecretSource secrets) {
    this.key = key;
    this.clock = clock;
    this.secrets = secrets;
  }

  /** Signs the claims, with a new {@code jti}, {@code iat} and {@code exp}. */
  String sign(Kind kind, Map<String, Object> values) {
    JwtClaims claims = new JwtClaims();
    values.forEach(claims::setClaim);
    Instant now = clock.instant();
    claims.setJwtId(newId());
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(now.plus(kind.life).getEpochSecond()));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setKeyIdHeaderValue(key.id());
    signature.setHeader("typ", kind.type);
    signature.setKey(key.privateKey());
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a genuine token of this kind that has not expired; empty for anything else. */
  Optional<TokenClaims> verify(Kind kind, String token) {
    try {
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setVerificationKey(key.publicKey())
              .setJwsAlgorithmConstraints(
                  ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
              .setExpectedType(true, kind.type)
              .setSkipDefaultAudienceValidation()
              .setRequireExpirationTime()
              .setRequireJwtId()
              .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
              .build()
              .processToClaims(token);
      return Optional.of(
          new TokenClaims(
              claims.getJwtId(),
              Instant.ofEpochSecond(claims.getExpirationTime().getValue()),
              claims.getClaimsMap()));
    } catch (InvalidJwtException | MalformedClaimException notOurs) {
      return Optional.empty();
    }
  }

  String newId() {
    return secrets.identifier();
  }
}
