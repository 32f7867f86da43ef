package io.mcpoauth.core.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

  private final SignedTokens signed = new SignedTokens();

  private boolean isAcceptedWith(String name, String json) {
    ObjectNode payload = Json.parseObject(signed.payload()).orElseThrow();
    payload.set(name, Json.parseObject("{\"v\":" + json + "}").orElseThrow().get("v"));
    return signed.isAccepted(signed.signed(Json.write(payload), Map.of()));
  }

  @Test
  void issuedTokenSaysWhatItWasIssuedFor() {
    assertThat(signed.tokens.verify(Secret.of(signed.good()))).contains(SignedTokens.claims());
  }

  @Test
  void longestTokenIsRead() {
    AccessTokenClaims longest =
        new AccessTokenClaims(
            "j".repeat(22),
            "\u20ac".repeat(320),
            "c".repeat(2_048),
            new ResourceUri("https://proxy.example/mcp"),
            Scopes.of("s".repeat(3_950)),
            "g".repeat(22),
            "e".repeat(254),
            "\ud83d\ude00".repeat(200),
            SignedTokens.NOW,
            SignedTokens.NOW.plusSeconds(3_600));

    assertThat(signed.tokens.verify(signed.tokens.issue(longest))).contains(longest);
  }

  @Test
  void tokenOfAnotherInstanceIsKnown() {
    AccessTokens other = new AccessTokens(SignedTokens.ISSUER, signed.keys());

    assertThat(other.verify(Secret.of(signed.good()))).isPresent();
  }

  @Test
  void tokenOfAnotherIssuerIsRefused_CR09() {
    AccessTokens other = new AccessTokens("https://proxy.example/", signed.keys);

    assertThat(other.verify(Secret.of(signed.good()))).isEmpty();
    assertThat(isAcceptedWith("iss", "\"https://evil.example\"")).isFalse();
    assertThat(isAcceptedWith("iss", "[\"https://proxy.example\"]")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 1772370000, true",
    "exp, 1772370000.5, false",
    "exp, 1e20, false",
    "exp, 99999999999999999999, false",
    "exp, 9223372036854775807, false",
    "exp, -1, false",
    "exp, '\"1772370000\"', false",
    "exp, null, false",
    "iat, 1.5, false",
    "iat, null, false",
    "aud, '[\"https://proxy.example/mcp\"]', false",
    "aud, '\"https://proxy.example//\"', false",
    "aud, '\"mcp\"', false",
    "scope, '\"ä\"', false",
    "scope, null, false",
    "sub, 1, false",
    "jti, null, false",
    "client_id, {}, false",
    "grant_id, null, false"
  })
  void onlyAWholeClaimSetIsAccepted_CR09(String name, String json, boolean accepted) {
    assertThat(isAcceptedWith(name, json)).isEqualTo(accepted);
  }

  @Test
  void doubledClaimIsRefused_CR09() {
    String payload = signed.payload();
    String doubled = "{\"sub\":\"other\"," + payload.substring(1);

    assertThat(signed.isAccepted(signed.signed(payload, Map.of()))).isTrue();
    assertThat(signed.isAccepted(signed.signed(doubled, Map.of()))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "{", "{}", "{} {}"})
  void payloadThatIsNoClaimSetIsRefused_CR09(String payload) {
    assertThat(signed.isAccepted(signed.signed(payload, Map.of()))).isFalse();
  }

  @Test
  void unknownKeyAsksStorageOnceInAWhile_DS08() {
    SigningKeys other = signed.keys();
    assertThat(other.find("unknown")).isEmpty();
    String kid = signed.keys.current().getKeyId();

    assertThat(other.find(kid)).isEmpty();
    signed.clock.advance(Duration.ofSeconds(1));
    assertThat(other.find(kid)).isPresent();
  }

  @Test
  void publishedKeysHaveNoPrivatePart_MD13() {
    ObjectNode jwks = Json.parseObject(signed.keys.publicJwks()).orElseThrow();

    assertThat(jwks.path("keys")).hasSize(1);
    assertThat(jwks.path("keys").path(0).has("d")).isFalse();
    assertThat(jwks.path("keys").path(0).path("kid").asText())
        .isEqualTo(signed.keys.current().getKeyId());
  }
}
