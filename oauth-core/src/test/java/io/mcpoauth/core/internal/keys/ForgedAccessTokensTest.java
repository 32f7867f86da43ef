package io.mcpoauth.core.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.internal.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8725 warns of. */
class ForgedAccessTokensTest {

  private final SignedTokens signed = new SignedTokens();
  private final String kid = signed.keys.current().getKeyId();

  private Map<String, Object> header(String name, Object value) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "at+jwt");
    header.put("alg", "ES256");
    header.put("kid", kid);
    header.put(name, value);
    return header;
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "NONE", "HS256", "RS256", "PS256", "ES384", "es256", ""})
  void otherAlgorithmIsRefused_CR09(String algorithm) {
    assertThat(signed.isAccepted(signed.signedUnder(header("alg", algorithm)))).isFalse();
  }

  @Test
  void tokenWithoutSignatureIsRefused_CR09() {
    String unsigned =
        SignedTokens.encode(Json.write(header("alg", "none")))
            + "."
            + SignedTokens.encode(signed.payload())
            + ".";

    assertThat(signed.isAccepted(unsigned)).isFalse();
    assertThat(signed.isAccepted(unsigned + "A".repeat(86))).isFalse();
  }

  @Test
  void publicKeyIsNoMacKey_CR09() throws GeneralSecurityException {
    byte[] publicKey = signed.keys.current().getPublicKey().getEncoded();
    for (byte[] key :
        List.of(publicKey, signed.keys.publicJwks().getBytes(StandardCharsets.UTF_8))) {
      String input =
          SignedTokens.encode(Json.write(header("alg", "HS256")))
              + "."
              + SignedTokens.encode(signed.payload());
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));

      assertThat(
              signed.isAccepted(
                  input
                      + "."
                      + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(tag)))
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "../../../dev/null", "' OR '1'='1", "unknown", "https://evil.example/key"})
  void strangeKeyIdIsUnknown_CR09(String strange) {
    assertThat(signed.isAccepted(signed.signedUnder(header("kid", strange)))).isFalse();
  }

  @Test
  void membersOfTheHeaderMayHaveAnyType_CR09() {
    for (Object value : List.of(1, true, List.of("x"), Map.of("a", "b"))) {
      for (String name : List.of("alg", "kid", "typ", "crit", "b64", "zip", "jku", "jwk", "x5c")) {
        assertThat(signed.isAccepted(signed.signedUnder(header(name, value))))
            .as(name + " " + value)
            .isFalse();
      }
    }
  }

  @Test
  void keyThatTheTokenBringsIsNotUsed_CR09() throws JoseException {
    EllipticCurveJsonWebKey own = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(signed.payload());
    jws.setHeader("typ", "at+jwt");
    jws.setAlgorithmHeaderValue("ES256");
    jws.setKeyIdHeaderValue(kid);
    jws.setJwkHeader(own);
    jws.setHeader("jku", "https://evil.example/jwks");
    jws.setKey(own.getPrivateKey());

    assertThat(signed.isAccepted(jws.getCompactSerialization())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "AT+JWT", "application/at+jwt", "logout+jwt", ""})
  void otherTypeIsRefused_CR09(String type) {
    assertThat(signed.isAccepted(signed.signed(signed.payload(), Map.of("typ", type)))).isFalse();
  }

  @Test
  void criticalExtensionIsRefused_CR09() {
    Map<String, Object> extension = Map.of("crit", List.of("exp"), "exp", 1);

    assertThat(signed.isAccepted(signed.signed(signed.payload(), extension))).isFalse();
  }

  @Test
  void doubledHeaderMemberIsRefused_CR09() {
    String header = Json.write(header("alg", "ES256"));

    assertThat(signed.isAccepted(signed.signedUnder(header))).isTrue();
    assertThat(signed.isAccepted(signed.signedUnder("{\"alg\":\"none\"," + header.substring(1))))
        .isFalse();
    assertThat(signed.isAccepted(signed.signedUnder("{\"alg\":\"ES256\"," + header.substring(1))))
        .isFalse();
  }

  @Test
  void emptySignatureValuesAreRefused_CR09() {
    String good = signed.good();
    String input = good.substring(0, good.lastIndexOf('.'));

    assertThat(signed.isAccepted(input + "." + "A".repeat(86))).isFalse();
    assertThat(signed.isAccepted(input + ".")).isFalse();
  }

  @Test
  void tokenInAnyOtherDressIsRefused_CR09() {
    String good = signed.good();
    List<String> dressed = new ArrayList<>();
    dressed.add("");
    dressed.add(".");
    dressed.add("..");
    dressed.add(good + "=");
    dressed.add(good + ".");
    dressed.add(good + "\n");
    dressed.add(" " + good);
    dressed.add(good.replaceFirst("\\.", "..") + ".x");
    dressed.add(good.substring(0, good.length() - 1));
    dressed.add(good.substring(0, good.length() - 4) + "!" + good.substring(good.length() - 4));
    char last = good.charAt(good.length() - 1);
    dressed.add(good.substring(0, good.length() - 1) + (char) (last + 1));
    dressed.add("a.b.c.d.e");
    dressed.add("x".repeat(1_000_000));
    dressed.add("x".repeat(1_000_000) + "." + "x".repeat(1_000) + "." + "x".repeat(86));

    assertThat(dressed).noneMatch(signed::isAccepted);
    assertThat(signed.isAccepted(good)).isTrue();
  }
}
