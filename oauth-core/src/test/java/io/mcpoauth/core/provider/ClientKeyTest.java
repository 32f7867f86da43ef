package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proof by a private key at the provider (RFC 7523). */
class ClientKeyTest {

  private static final String TOKEN = "/tenant/token";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void codeIsRedeemedWithASignedAssertionAndNoSecret() throws Exception {
    quirks.metadata.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));

    assertThat(signIn()).isInstanceOf(SignInAnswer.SignedIn.class);

    QuirkServer.Request request = quirks.server.requestsTo(TOKEN).get(0);
    Parameters form = Parameters.parse(request.body()).orElseThrow();
    assertThat(request.authorization()).isNull();
    assertThat(form.has("client_secret")).isFalse();
    assertThat(form.get("client_id")).isEqualTo(OpenIdQuirks.CLIENT_ID);
    assertThat(form.get("client_assertion_type"))
        .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    JsonWebSignature signature = signature(String.valueOf(form.get("client_assertion")));
    signature.setKey(OpenIdQuirks.EC_KEY.getPublicKey());
    assertThat(signature.verifySignature()).isTrue();
    assertThat(signature.getKeyIdHeaderValue()).isEqualTo("key-ec");
    JwtClaims claims = JwtClaims.parse(signature.getUnverifiedPayload());
    assertThat(claims.getIssuer()).isEqualTo(OpenIdQuirks.CLIENT_ID);
    assertThat(claims.getSubject()).isEqualTo(OpenIdQuirks.CLIENT_ID);
    assertThat(claims.getAudience()).containsExactly(quirks.issuer + "/token");
    long now = quirks.clock.instant().getEpochSecond();
    assertThat(claims.getExpirationTime().getValue()).isEqualTo(now + 60);
  }

  @Test
  void eachAssertionHasAnIdOfItsOwn() throws Exception {
    OpenIdProvider provider = provider();
    provider.refresh(OpenIdQuirks.OLD_TOKENS);
    assertThat(provider.refresh(OpenIdQuirks.OLD_TOKENS))
        .isInstanceOf(RefreshAnswer.Refreshed.class);

    assertThat(idOf(0)).isNotEqualTo(idOf(1));
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, RS256",
    "EC, secp256r1, ES256",
    "EC, secp384r1, ES384",
    "EC, secp521r1, ES512"
  })
  void keyInPemSignsWithTheAlgorithmOfItsKind(String kind, String size, String algorithm)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (kind.equals("RSA")) {
      generator.initialize(Integer.parseInt(size));
    } else {
      generator.initialize(new ECGenParameterSpec(size));
    }
    assertSigns(generator.generateKeyPair(), algorithm);
  }

  @Test
  void edwardsCurveIsKnown() throws Exception {
    assertSigns(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), "EdDSA");
  }

  @Test
  void algorithmOfAJwkIsObeyed() throws Exception {
    PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(OpenIdQuirks.KEY.getPublicKey());
    jwk.setPrivateKey(OpenIdQuirks.KEY.getPrivateKey());
    jwk.setAlgorithm("PS256");

    ClientKey key = parse(jwk.toJson(OutputControlLevel.INCLUDE_PRIVATE));

    assertThat(signature(assertion(key)).getAlgorithmHeaderValue()).isEqualTo("PS256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary7391",
        "{}",
        "{\"kty\":\"oct\",\"k\":\"Y2FuYXJ5NzM5MQ\"}",
        "{\"kty\":\"EC\",\"crv\":\"canary7391\"}",
        "-----BEGIN RSA PRIVATE KEY-----\ncanary7391\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\ncanary7391\n-----END PRIVATE KEY-----"
      })
  void whatIsNoPrivateKeyIsRefusedWithoutQuotingIt(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it")
        .hasMessageNotContaining("canary7391");
  }

  @Test
  void publicHalfIsRefused() {
    assertThatThrownBy(() -> parse(OpenIdQuirks.EC_KEY.toJson(OutputControlLevel.PUBLIC_ONLY)))
        .hasMessageContaining("public key");
  }

  @Test
  void algorithmThatIsNotTheKeysIsRefused() throws Exception {
    String jwk = OpenIdQuirks.EC_KEY.toJson(OutputControlLevel.INCLUDE_PRIVATE);

    assertThatThrownBy(() -> parse(jwk.replace("{", "{\"alg\":\"RS256\",")))
        .hasMessageContaining("cannot sign");
    assertThatThrownBy(() -> parse(jwk.replace("{", "{\"alg\":\"none\",")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secretAndKeyTogetherAreRefused() {
    assertThatThrownBy(() -> quirks.settings().clientKey(key()).build())
        .hasMessageContaining("not both");
  }

  @Test
  void keyIsNeverPrinted() {
    assertThat(key().toString()).isEqualTo("ClientKey[ES256]");
  }

  private static void assertSigns(KeyPair pair, String algorithm) throws Exception {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    JsonWebSignature signature =
        signature(assertion(ClientKey.parse(Secret.of(pem), "the-key-id", SecretSource.system())));
    PublicKey other = pair.getPublic();
    signature.setKey(other);
    assertThat(signature.verifySignature()).isTrue();
    assertThat(signature.getAlgorithmHeaderValue()).isEqualTo(algorithm);
    assertThat(signature.getKeyIdHeaderValue()).isEqualTo("the-key-id");
  }

  private static String assertion(ClientKey key) {
    return key.assertion("client", "https://idp.example/token", Instant.EPOCH).expose();
  }

  private static JsonWebSignature signature(String assertion) throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(assertion);
    return signature;
  }

  private String idOf(int request) throws Exception {
    Parameters form =
        Parameters.parse(quirks.server.requestsTo(TOKEN).get(request).body()).orElseThrow();
    JsonWebSignature signature = signature(String.valueOf(form.get("client_assertion")));
    return JwtClaims.parse(signature.getUnverifiedPayload()).getJwtId();
  }

  private SignInAnswer signIn() {
    return provider().finish(OpenIdQuirks.callback("code=upstream-code&state=x"));
  }

  private OpenIdProvider provider() {
    return quirks.provider(
        ProviderSettings.builder("quirks", quirks.issuer, OpenIdQuirks.CLIENT_ID)
            .clientKey(key())
            .build());
  }

  private static ClientKey key() {
    return parse(OpenIdQuirks.EC_KEY.toJson(OutputControlLevel.INCLUDE_PRIVATE));
  }

  private static ClientKey parse(String text) {
    return ClientKey.parse(Secret.of(text), null, SecretSource.system());
  }
}
