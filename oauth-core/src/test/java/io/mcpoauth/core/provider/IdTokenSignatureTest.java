package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenSignatureTest {

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "PS256", "PS512"})
  void otherRsaAlgorithmsSignIn(String algorithm) {
    quirks.header.put("alg", algorithm);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void ellipticCurveKeySignsIn() {
    quirks.header.put("alg", AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    quirks.header.put("kid", OpenIdQuirks.EC_KEY.getKeyId());
    quirks.sendIdToken(OpenIdQuirks.EC_KEY.getPrivateKey());
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void edwardsCurveKeySignsIn() throws JoseException {
    OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk("Ed25519");
    key.setKeyId("key-ed");
    quirks.publishKeys(key);
    quirks.header.put("alg", AlgorithmIdentifiers.EDDSA);
    quirks.header.put("kid", "key-ed");
    quirks.sendIdToken(key.getPrivateKey());
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void unsignedTokenIsRefused_UP10() {
    quirks.sendIdToken(unsigned(JsonUtil.toJson(quirks.claims)));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void macKeyedWithThePublicKeyIsRefused_UP10() {
    byte[] publicKey = OpenIdQuirks.KEY.getPublicKey().getEncoded();
    quirks.header.put("alg", AlgorithmIdentifiers.HMAC_SHA256);
    quirks.sendIdToken(new HmacKey(publicKey));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void macKeyedWithTheClientSecretIsRefused_UP10() {
    quirks.header.put("alg", AlgorithmIdentifiers.HMAC_SHA256);
    quirks.header.remove("kid");
    String secret = "s3cret-s3cret-s3cret-s3cret-s3cret";
    quirks.sendIdToken(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
    OpenIdProvider provider =
        quirks.provider(quirks.settings().clientSecret(Secret.of(secret)).build());
    assertThat(provider.finish(OpenIdQuirks.callback("code=upstream-code&state=x")))
        .isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void signatureOfAnotherKeyIsRefused_UP10() {
    quirks.sendIdToken(OpenIdQuirks.OTHER_KEY.getPrivateKey());
    assertRejected("signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jku", "x5u"})
  void headerThatPointsToAKeyIsRefusedAndNotFollowed_UP10(String name) {
    quirks.header.put(name, quirks.server.url() + "/keys-of-the-attacker");
    assertRejected("refused header");
    assertThat(quirks.server.paths()).doesNotContain("/keys-of-the-attacker");
  }

  @Test
  void headerThatBringsItsOwnKeyIsRefused_UP10() {
    quirks.header.put("jwk", OpenIdQuirks.OTHER_KEY.toParams(OutputControlLevel.PUBLIC_ONLY));
    quirks.sendIdToken(OpenIdQuirks.OTHER_KEY.getPrivateKey());
    assertRejected("refused header");
  }

  @Test
  void criticalHeaderIsRefused_UP10() {
    quirks.header.put("crit", List.of("b64"));
    quirks.header.put("b64", true);
    assertRejected("refused header");
  }

  @Test
  void memberThatStandsTwiceInTheHeaderIsRefused_UP10() throws GeneralSecurityException {
    quirks.sendIdToken(signedUnder("{\"alg\":\"RS256\",\"kid\":\"key-1\"}"));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.sendIdToken(signedUnder("{\"alg\":\"RS256\",\"kid\":\"key-1\",\"kid\":\"key-1\"}"));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void membersOfTheHeaderMayHaveAnyType_UP10() {
    String[] parts = quirks.signed(OpenIdQuirks.KEY.getPrivateKey()).split("\\.", -1);
    for (String name : List.of("alg", "kid", "typ", "x5t", "x5t#S256", "crit", "b64")) {
      for (Object value : List.of(5, true, List.of(), Map.of())) {
        Map<String, Object> header = new HashMap<>(quirks.header);
        header.put(name, value);
        quirks.sendIdToken(base64(JsonUtil.toJson(header)) + "." + parts[1] + "." + parts[2]);

        assertThat(quirks.signIn())
            .as(name + " " + value)
            .isInstanceOf(SignInAnswer.Rejected.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "..", "a.b.c.d.e", "e30.e30."})
  void garbageIsRefused_UP10(String garbage) {
    quirks.sendIdToken(garbage);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  private void assertRejected(String cause) {
    assertThat(quirks.signIn())
        .isInstanceOfSatisfying(
            SignInAnswer.Rejected.class, answer -> assertThat(answer.cause()).contains(cause));
  }

  /** Signed as it must be, whatever the header is. */
  private String signedUnder(String header) throws GeneralSecurityException {
    String input = base64(header) + "." + base64(JsonUtil.toJson(quirks.claims));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(OpenIdQuirks.KEY.getRsaPrivateKey());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String unsigned(String claims) {
    return base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
