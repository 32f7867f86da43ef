package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.codeQuery;
import static io.mcpoauth.core.flow.Outcomes.issued;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that authenticate with {@code private_key_jwt}. */
class ClientAssertionFlowTest extends FlowTest {

  private static final Signer SIGNER = Signer.of("ES256");
  private static final Signer RSA = Signer.of("RS256");

  private int ids;

  @BeforeEach
  void register() {
    flow.registerWithKeys("signing", SIGNER.keySet());
  }

  private Map<String, Object> claims() {
    return Signer.claims("signing", Flow.ISSUER, "id " + ids++, flow.clock.instant());
  }

  private Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  private long secondsFromNow(long seconds) {
    return flow.clock.instant().getEpochSecond() + seconds;
  }

  /** A token request of the client with a code of its own. */
  private Query form(String assertion) {
    return codeQuery(flow.code(authorizeQuery().with("client_id", "signing")))
        .without("client_id")
        .with("client_assertion_type", Signer.TYPE)
        .with("client_assertion", assertion);
  }

  private void isAccepted(String assertion) {
    issued(flow.token(form(assertion)));
  }

  private void isRefused(String assertion) {
    refused(ErrorCode.INVALID_CLIENT, flow.token(form(assertion)));
  }

  @Test
  void assertionIsAsGoodAsASecret() {
    isAccepted(SIGNER.sign(claims()));
    issued(flow.token(form(SIGNER.sign(claims())).with("client_id", "signing")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
  void asymmetricAlgorithmsAreGood(String algorithm) {
    Signer signer = Signer.of(algorithm);
    flow.registerWithKeys("signing " + algorithm, signer.keySet());
    Query form =
        codeQuery(flow.code(authorizeQuery().with("client_id", "signing " + algorithm)))
            .without("client_id")
            .with("client_assertion_type", Signer.TYPE);

    String assertion =
        signer.sign(Signer.claims("signing " + algorithm, Flow.ISSUER, "id", flow.clock.instant()));
    issued(flow.token(form.with("client_assertion", assertion)));
  }

  @Test
  void audienceIsTheIssuerAlone_CA11() {
    isRefused(SIGNER.sign(claims("aud", Flow.ISSUER + "/token")));
    isRefused(SIGNER.sign(claims("aud", Flow.ISSUER + "/")));
    isRefused(SIGNER.sign(claims("aud", Flow.ISSUER + "//")));
    isRefused(SIGNER.sign(claims("aud", "https://other.example")));
    isRefused(SIGNER.sign(claims("aud", "")));
    isRefused(SIGNER.sign(claims("aud", List.of(Flow.ISSUER))));
    isRefused(SIGNER.sign(claims("aud", List.of(Flow.ISSUER, "https://other.example"))));
    Map<String, Object> none = claims();
    none.remove("aud");
    isRefused(SIGNER.sign(none));
  }

  @Test
  void signatureMustBeOfARegisteredKey_CA12() {
    isRefused(Signer.of("ES256").sign(claims()));
    isRefused(RSA.sign(claims()));
    String good = SIGNER.sign(claims());
    isRefused(good.substring(0, good.lastIndexOf('.') + 1));
    isRefused(good.substring(0, good.length() - 4));
    isRefused(good.substring(0, good.indexOf('.')) + good.substring(good.lastIndexOf('.')));
    String[] other = SIGNER.sign(claims("x", 1)).split("\\.", -1);
    isRefused(other[0] + "." + good.split("\\.", -1)[1] + "." + other[2]);
  }

  @Test
  void algorithmMustBeAllowedAndFitTheKey_CA12() {
    String[] good = SIGNER.sign(claims()).split("\\.", -1);
    String none = "eyJhbGciOiJub25lIn0";
    isRefused(none + "." + good[1] + ".");
    isRefused(none + "." + good[1] + "." + good[2]);
    isRefused(Signer.signWithHmac(claims(), SIGNER.keySet().getBytes(StandardCharsets.UTF_8)));
    isRefused(
        Signer.signWithHmac(
            claims(), SIGNER.publicJwk().toString().getBytes(StandardCharsets.UTF_8)));
    isRefused(RSA.with("RS256").sign(claims()));
    isRefused(RSA.with("RS512").sign(claims()));
  }

  @Test
  void keyServesTheAlgorithmThatItNamesAlone_CA12() {
    Map<String, Object> jwk = RSA.publicJwk();
    jwk.put("alg", "PS256");
    flow.registerWithKeys("rsa", Json.write(Map.of("keys", List.of(jwk))));
    Map<String, Object> claims = Signer.claims("rsa", Flow.ISSUER, "1", flow.clock.instant());

    isRefused(RSA.with("RS256").sign(claims));
    assertThat(
            flow.token(
                    codeQuery("no code")
                        .without("client_id")
                        .with("client_assertion_type", Signer.TYPE)
                        .with("client_assertion", RSA.with("PS256").sign(claims)))
                .toString())
        .contains("INVALID_GRANT");
  }

  @Test
  void keysOfAClientThatRegisteredAnotherMethodAreNotAsked_CA12() {
    for (var method : ClientAuthenticationMethod.values()) {
      if (method != ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
        String id = "with keys, " + method;
        flow.registerWithKeys(id, method, SIGNER.keySet());

        isRefused(SIGNER.sign(Signer.claims(id, Flow.ISSUER, "1", flow.clock.instant())));
      }
    }
  }

  @Test
  void headerChoosesNothing_CA12() {
    Map<String, Object> claims = claims();
    Signer stranger = Signer.of("ES256");
    isRefused(stranger.sign(claims, Map.of("jwk", stranger.publicJwk())));
    isRefused(stranger.sign(claims, Map.of("jku", "https://stranger.example/jwks")));
    isRefused(SIGNER.sign(claims, Map.of("crit", List.of("x"), "x", 1)));
    isRefused(SIGNER.sign(claims, Map.of("crit", List.of())));
    isRefused(SIGNER.sign(claims, Map.of("kid", "another key")));
    isRefused(SIGNER.sign(claims, Map.of("typ", "at+jwt")));
    isRefused(SIGNER.sign(claims, Map.of("typ", 1)));

    isAccepted(SIGNER.sign(claims, Map.of("typ", "client-authentication+jwt")));
    isAccepted(SIGNER.sign(claims(), Map.of("typ", "JWT")));
  }

  @Test
  void assertionIsOfNow_CA12() {
    isRefused(SIGNER.sign(claims("exp", secondsFromNow(-31))));
    isRefused(SIGNER.sign(claims("exp", secondsFromNow(11 * 60))));
    isRefused(SIGNER.sign(claims("exp", secondsFromNow(3600))));
    isRefused(SIGNER.sign(claims("exp", "soon")));
    isRefused(SIGNER.sign(claims("exp", 1e300)));
    isRefused(SIGNER.sign(claims("nbf", secondsFromNow(60))));
    isRefused(SIGNER.sign(claims("nbf", "now")));
    isRefused(SIGNER.sign(claims("iat", secondsFromNow(60))));
    Map<String, Object> endless = claims();
    endless.remove("exp");
    isRefused(SIGNER.sign(endless));

    isAccepted(SIGNER.sign(claims("exp", secondsFromNow(600))));
    isAccepted(SIGNER.sign(claims("exp", secondsFromNow(30) + 0.5)));
    isAccepted(SIGNER.sign(claims("nbf", secondsFromNow(-60))));
  }

  @Test
  void clientSpeaksForItself_CA12() {
    isRefused(SIGNER.sign(claims("iss", "client")));
    isRefused(SIGNER.sign(claims("sub", "client")));
    isRefused(SIGNER.sign(claims("sub", 1)));
    refused(
        ErrorCode.INVALID_CLIENT,
        flow.token(form(SIGNER.sign(claims())).with("client_id", "client")));
    Map<String, Object> nobody = Signer.claims("nobody", Flow.ISSUER, "id", flow.clock.instant());
    isRefused(SIGNER.sign(nobody));
  }

  @Test
  void assertionNeedsAnId_CA12() {
    Map<String, Object> claims = claims();
    claims.remove("jti");
    isRefused(SIGNER.sign(claims));
    isRefused(SIGNER.sign(claims("jti", "")));
    isRefused(SIGNER.sign(claims("jti", 7)));
    isRefused(SIGNER.sign(claims("jti", "x".repeat(257))));
  }

  @Test
  void assertionIsUsedOnceByAllInstances_CA13() {
    String assertion = SIGNER.sign(claims("exp", secondsFromNow(600)));
    isAccepted(assertion);

    isRefused(assertion);
    try (AuthorizationServer other = flow.otherInstance()) {
      refused(
          ErrorCode.INVALID_CLIENT,
          other.token(new TokenRequest(form(assertion).parameters(), null)));
    }
    flow.advance(Duration.ofMinutes(10));
    isRefused(assertion);
  }

  @Test
  void whoCannotSignSpendsNoIds_CA13() {
    Map<String, Object> claims = claims();
    isRefused(Signer.of("ES256").sign(claims));

    isAccepted(SIGNER.sign(claims));
  }

  @Test
  void typeAndAssertionNeedEachOther_CA15() {
    Query form = form(SIGNER.sign(claims()));
    refused(ErrorCode.INVALID_REQUEST, flow.token(form.without("client_assertion_type")));
    refused(ErrorCode.INVALID_REQUEST, flow.token(form.without("client_assertion")));
    refused(
        ErrorCode.INVALID_CLIENT,
        flow.token(
            form.with(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")));
    refused(ErrorCode.INVALID_REQUEST, flow.token(form.and("client_assertion", "x")));
    issued(flow.token(form));
  }

  @Test
  void assertionExcludesOtherCredentials_CA04() {
    Query form = form(SIGNER.sign(claims()));
    refused(ErrorCode.INVALID_REQUEST, flow.token(form.with("client_secret", "x")));
    refused(ErrorCode.INVALID_REQUEST, flow.tokenWithBasic(form, "signing:x"));
    TokenOutcome withBearer =
        flow.server.token(new TokenRequest(form.parameters(), Secret.of("Bearer x")));
    refused(ErrorCode.INVALID_REQUEST, withBearer);
  }

  @Test
  void clientsOfOtherMethodsCannotSign_CA06() {
    Query unsigned = form("x").without("client_assertion").without("client_assertion_type");
    refused(ErrorCode.INVALID_CLIENT, flow.token(unsigned.with("client_id", "signing")));
    Map<String, Object> claims =
        Signer.claims("confidential", Flow.ISSUER, "id", flow.clock.instant());
    isRefused(SIGNER.sign(claims));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "..", "a.b", "a.b.c", "eyJ9.e30.x", "a.b.c.d", "\u00e4.b.c"})
  void garbageIsNoAssertion_CA12(String garbage) {
    isRefused(garbage);
  }

  @Test
  void revocationTakesAssertionsToo_RV07() {
    Query revoke =
        Query.of("token", "x", "client_assertion_type", Signer.TYPE)
            .with("client_assertion", SIGNER.sign(claims()));

    assertThat(flow.revoke(revoke)).isInstanceOf(RevokeOutcome.Done.class);
  }
}
