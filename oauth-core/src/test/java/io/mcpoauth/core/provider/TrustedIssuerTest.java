package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.credential.CredentialAnswer;
import io.mcpoauth.core.spi.credential.CredentialAnswer.Accepted;
import io.mcpoauth.core.spi.credential.CredentialAnswer.NotMine;
import io.mcpoauth.core.spi.credential.CredentialAnswer.Rejected;
import io.mcpoauth.core.spi.credential.CredentialAnswer.Unavailable;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Access tokens of an authorization server that the operator trusts (S23). A bad one that costs
 * work is {@link Rejected}, which counts against its sender (DS-08); one that a glance tells apart
 * is {@link NotMine}.
 */
class TrustedIssuerTest {

  private static final ResourceUri RESOURCE =
      ResourceUri.parse("https://mcp.example/mcp").orElseThrow();

  private final OpenIdQuirks issuer = new OpenIdQuirks();
  private CredentialChecker checker = checker(Set.of());

  @BeforeEach
  void accessTokensInPlaceOfIdTokens() {
    issuer.claims.remove("nonce");
    issuer.claims.put("aud", RESOURCE.value());
    issuer.claims.put("client_id", "agent");
    issuer.claims.put("scope", "notes.read notes.write");
    issuer.header.put("typ", "at+jwt");
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void tokenIsAcceptedWithItsUserClientAndScopes_S23() {
    issuer.claims.put("name", "Ada");
    issuer.claims.put("email", "ada@example.com");
    issuer.claims.put("email_verified", true);

    Accepted accepted = (Accepted) check();

    assertThat(accepted.user().id()).isEqualTo("corp:user-1");
    assertThat(accepted.user().email()).isEqualTo("ada@example.com");
    assertThat(accepted.user().name()).isEqualTo("Ada");
    assertThat(accepted.clientId()).isEqualTo("agent");
    assertThat(accepted.scopes()).isEqualTo(Scopes.of("notes.read", "notes.write"));
  }

  @Test
  void addressThatNobodyVerifiedIsNone_S23() {
    issuer.claims.put("email", "ada@example.com");

    assertThat(((Accepted) check()).user().email()).isNull();
  }

  @Test
  void longAddressIsOneAndWhatIsNoneIsNot_S23() {
    issuer.claims.put("email_verified", true);
    String address = "a@" + "b".repeat(240) + ".example";
    issuer.claims.put("email", address);
    assertThat(((Accepted) check()).user().email()).isEqualTo(address);

    issuer.claims.put("email", "ada at example.com");
    assertThat(((Accepted) check()).user().email()).isNull();
  }

  @Test
  void textThatNobodyCanStoreMakesATokenUnreadable_HP12() {
    issuer.claims.put("name", "A");
    String claims = JsonUtil.toJson(issuer.claims);
    String odd = claims.replace("\"A\"", "\"\\ud800\"");
    Key key = OpenIdQuirks.KEY.getPrivateKey();

    assertThat(checker.check(Secret.of(issuer.signed(key, claims)), RESOURCE))
        .isInstanceOf(Accepted.class);
    assertThat(checker.check(Secret.of(issuer.signed(key, odd)), RESOURCE))
        .isInstanceOfAny(Rejected.class, NotMine.class);
  }

  @Test
  void scopesMayBeAList_S23() {
    issuer.claims.remove("scope");
    issuer.claims.put("scp", List.of("a", "b"));

    assertThat(((Accepted) check()).scopes()).isEqualTo(Scopes.of("a", "b"));
  }

  @Test
  void tokenForAnotherResourceIsRejected_RS03() {
    issuer.claims.put("aud", List.of("https://mcp.example/other", "https://mcp.example"));
    assertThat(check()).isInstanceOf(Rejected.class);
  }

  @Test
  void audienceThatTheOperatorNamedIsGoodForEveryResource_S23() {
    issuer.claims.put("aud", "api://mcp");
    assertThat(check()).isInstanceOf(Rejected.class);

    checker = checker(Set.of("api://mcp"));
    assertThat(check()).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aud", "exp", "iat", "sub"})
  void claimThatIsMissingIsNotOptional_RS03(String name) {
    issuer.claims.remove(name);
    assertThat(check()).isInstanceOf(Rejected.class);
  }

  @Test
  void issuerIsComparedToTheLetter_RS03() {
    issuer.claims.put("iss", issuer.issuer + "/");
    assertThat(check()).isInstanceOf(NotMine.class);
    issuer.claims.remove("iss");
    assertThat(check()).isInstanceOf(NotMine.class);
  }

  @Test
  void tokenEndsWithItsExpiryAlthoughItWasVerified_RS12() {
    Secret token = token(OpenIdQuirks.KEY.getPrivateKey());
    issuer.clock.advance(Duration.ofSeconds(299));
    assertThat(checker.check(token, RESOURCE)).isInstanceOf(Accepted.class);

    issuer.clock.advance(Duration.ofSeconds(1));

    assertThat(checker.check(token, RESOURCE)).isInstanceOf(Rejected.class);
  }

  @Test
  void tokenThatBeginsLaterIsRejectedUntilThen_RS12() {
    issuer.claims.put("nbf", issuer.clock.instant().getEpochSecond() + 120);
    Secret token = token(OpenIdQuirks.KEY.getPrivateKey());
    assertThat(checker.check(token, RESOURCE)).isInstanceOf(Rejected.class);

    issuer.clock.advance(Duration.ofSeconds(61));

    assertThat(checker.check(token, RESOURCE)).isInstanceOf(Accepted.class);
  }

  @Test
  void idTokenIsNoAccessToken_RS05() {
    issuer.claims.put("nonce", "n");
    assertThat(check()).isInstanceOf(Rejected.class);
  }

  @Test
  void otherTypeOfTokenIsNoneOfItsTokens_RS05() {
    issuer.header.put("typ", "identity+jwt");
    assertThat(check()).isInstanceOf(NotMine.class);
  }

  @Test
  void signatureOfAnotherKeyIsRejected_RS02() {
    assertThat(checker.check(token(OpenIdQuirks.OTHER_KEY.getPrivateKey()), RESOURCE))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void macKeyedWithThePublicKeyIsRejected_RS02() {
    issuer.header.put("alg", AlgorithmIdentifiers.HMAC_SHA256);
    byte[] publicKey = OpenIdQuirks.KEY.getPublicKey().getEncoded();
    assertThat(checker.check(token(new HmacKey(publicKey)), RESOURCE)).isInstanceOf(Rejected.class);
  }

  @Test
  void tokenThatBringsItsOwnKeyIsNoneOfItsTokens_RS02() {
    issuer.header.put("jwk", OpenIdQuirks.OTHER_KEY.toParams(OutputControlLevel.PUBLIC_ONLY));
    assertThat(checker.check(token(OpenIdQuirks.OTHER_KEY.getPrivateKey()), RESOURCE))
        .isInstanceOf(NotMine.class);
  }

  @Test
  void membersOfTheHeaderMayHaveAnyType_RS02() {
    String[] parts = issuer.signed(OpenIdQuirks.KEY.getPrivateKey()).split("\\.", -1);
    for (String name : List.of("alg", "kid", "typ", "x5t", "x5t#S256")) {
      for (Object value : List.of(5, true, List.of(), Map.of())) {
        Map<String, Object> header = new HashMap<>(issuer.header);
        header.put(name, value);
        byte[] json = JsonUtil.toJson(header).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(json);

        assertThat(checker.check(Secret.of(encoded + "." + parts[1] + "." + parts[2]), RESOURCE))
            .as(name + " " + value)
            .isInstanceOfAny(Rejected.class, NotMine.class);
      }
    }
  }

  @Test
  void newKeyIsFoundOnceItIsPublished_S23() {
    assertThat(check()).isInstanceOf(Accepted.class);
    issuer.header.put("kid", OpenIdQuirks.OTHER_KEY.getKeyId());
    Secret token = token(OpenIdQuirks.OTHER_KEY.getPrivateKey());
    assertThat(checker.check(token, RESOURCE)).isInstanceOf(Rejected.class);

    issuer.publishKeys(OpenIdQuirks.OTHER_KEY);
    issuer.clock.advance(Duration.ofSeconds(11));

    assertThat(checker.check(token, RESOURCE)).isInstanceOf(Accepted.class);
  }

  @Test
  void outageIsNoRejection_RS10() {
    issuer.server.on("/tenant/jwks", QuirkServer.reply(503, "text/plain", "down"));
    assertThat(check()).isInstanceOf(Unavailable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a.b.c", "e30.e30.e30", "mcpr_abc.def"})
  void whatIsNoTokenOfItsMakesNobodyFetchKeys_RS02(String text) {
    assertThat(checker.check(Secret.of(text), RESOURCE)).isInstanceOf(NotMine.class);
    assertThat(issuer.server.paths()).isEmpty();
  }

  @Test
  void keySetHasToComeSafely_S23() {
    assertThatThrownBy(
            () ->
                new TrustedIssuer.Settings(
                    "corp", "https://a.example", URI.create("http://a.example/jwks"), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private CredentialAnswer check() {
    return checker.check(token(OpenIdQuirks.KEY.getPrivateKey()), RESOURCE);
  }

  private Secret token(Key key) {
    return Secret.of(issuer.signed(key));
  }

  private CredentialChecker checker(Set<String> audiences) {
    return TrustedIssuer.of(
        new TrustedIssuer.Settings(
            "corp", issuer.issuer, URI.create(issuer.issuer + "/jwks"), audiences),
        HttpClient.newHttpClient(),
        issuer.clock);
  }
}
