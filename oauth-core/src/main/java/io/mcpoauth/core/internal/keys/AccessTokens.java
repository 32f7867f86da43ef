package io.mcpoauth.core.internal.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Jose;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import java.security.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Makes and reads access tokens: JWTs of type {@code at+jwt} (RFC 9068), signed with ES256 by a key
 * of {@link SigningKeys}. The verification key comes from the {@code kid} alone; no header of the
 * token chooses algorithm, key or URL (RFC 8725, CR-09).
 */
public final class AccessTokens {

  private static final String TYPE = "at+jwt";

  /** Room for the longest that {@code ServerSettings} and clients lead to. */
  private static final int MAX_LENGTH = 12_288;

  /**
   * Three parts of base64url and nothing that a lenient decoder would skip; the last an ES256
   * signature, whose last character has four bits that mean nothing and must be zero.
   */
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]{85}[AQgw]");

  private static final AlgorithmConstraints ONLY_ES256 =
      new AlgorithmConstraints(ConstraintType.PERMIT, JwtSigner.ALGORITHM);

  private static final List<String> TEXT_CLAIMS =
      List.of("jti", "sub", "client_id", "aud", "scope", "grant_id");
  private static final List<String> TIME_CLAIMS = List.of("iat", "exp");

  private final String issuer;
  private final SigningKeys keys;
  private final JwtSigner signer;

  /** Tokens of that issuer. */
  public AccessTokens(String issuer, SigningKeys keys) {
    this.issuer = issuer;
    this.keys = keys;
    this.signer = new JwtSigner(keys);
  }

  /** A signed token that says that. */
  public Secret issue(AccessTokenClaims claims) {
    return signer.sign(TYPE, payload(claims));
  }

  /** What the token says, if this server signed it. Expiry is the caller's to judge. */
  public Optional<AccessTokenClaims> verify(Secret token) {
    return read(token).flatMap(Unverified::verify);
  }

  /** The token as it came, if it has our form and names a key of ours: a cheap look (DS-08). */
  public Optional<Unverified> read(Secret token) {
    String text = token.expose();
    if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    return Jose.read(() -> signatureOf(text))
        .flatMap(jws -> verificationKey(jws).map(key -> new Unverified(jws, key)));
  }

  private static JsonWebSignature signatureOf(String text) throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(ONLY_ES256);
    jws.setProviderContext(new ProviderContext());
    jws.setCompactSerialization(text);
    return jws;
  }

  /** A token that looks like ours. */
  public final class Unverified {

    private final JsonWebSignature jws;

    private Unverified(JsonWebSignature jws, PublicKey key) {
      this.jws = jws;
      jws.setKey(key);
    }

    /** What it says, if this server signed it. Costs as much as all else of a request together. */
    public Optional<AccessTokenClaims> verify() {
      return Jose.read(() -> jws.verifySignature() ? jws.getPayload() : null)
          .flatMap(Json::parseObject)
          .flatMap(AccessTokens.this::claims);
    }
  }

  private Optional<PublicKey> verificationKey(JsonWebSignature jws) {
    return Json.parseObject(jws.getHeaders().getFullHeaderAsJsonString())
        .filter(AccessTokens::isOurs)
        .flatMap(header -> keys.find(Json.requiredText(header, "kid")));
  }

  /**
   * We write three members: a header with any other, or with one that is no string, is not ours.
   */
  private static boolean isOurs(ObjectNode header) {
    return header.size() == 3
        && TYPE.equals(Json.text(header, "typ"))
        && JwtSigner.ALGORITHM.equals(Json.text(header, "alg"))
        && Json.text(header, "kid") != null;
  }

  private Map<String, Object> payload(AccessTokenClaims claims) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("iss", issuer);
    payload.put("sub", claims.subject());
    payload.put("aud", claims.audience().value());
    payload.put("client_id", claims.clientId());
    payload.put("iat", claims.issuedAt().getEpochSecond());
    payload.put("exp", claims.expiresAt().getEpochSecond());
    payload.put("jti", claims.tokenId());
    payload.put("scope", claims.scopes().toString());
    payload.put("grant_id", claims.grantId());
    if (claims.email() != null) {
      payload.put("email", claims.email());
    }
    if (claims.name() != null) {
      payload.put("name", claims.name());
    }
    return payload;
  }

  /**
   * We wrote the payload, so a member that is missing means another issuer's or version's token.
   */
  private Optional<AccessTokenClaims> claims(ObjectNode json) {
    if (!issuer.equals(Json.text(json, "iss")) || !isComplete(json)) {
      return Optional.empty();
    }
    Optional<ResourceUri> audience = ResourceUri.parse(Json.requiredText(json, "aud"));
    Optional<Scopes> scopes = Scopes.parse(Json.requiredText(json, "scope"));
    if (audience.isEmpty() || scopes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AccessTokenClaims(
            Json.requiredText(json, "jti"),
            Json.requiredText(json, "sub"),
            Json.requiredText(json, "client_id"),
            audience.get(),
            scopes.get(),
            Json.requiredText(json, "grant_id"),
            Json.text(json, "email"),
            Json.text(json, "name"),
            Instant.ofEpochSecond(json.path("iat").longValue()),
            Instant.ofEpochSecond(json.path("exp").longValue())));
  }

  private static boolean isComplete(ObjectNode json) {
    return TEXT_CLAIMS.stream().allMatch(name -> Json.text(json, name) != null)
        && TIME_CLAIMS.stream().allMatch(name -> isTime(json.path(name)));
  }

  /** Whole seconds; an int would do until 2038, and no {@link Instant} goes beyond 40 bits. */
  private static boolean isTime(JsonNode value) {
    return value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= 0
        && value.longValue() >>> 40 == 0;
  }
}
