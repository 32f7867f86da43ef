package io.mcpoauth.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSignInProviderTest {
  private final SignInScenario scenario;

  DemoSignInProviderTest(@TempDir Path folder) {
    scenario = new SignInScenario(folder.resolve("sign-in-key.json"));
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  @Test
  void discoveryNamesEndpointsOfItsOwnIssuer() throws Exception {
    JsonNode metadata = scenario.getJson("/.well-known/openid-configuration");
    assertThat(metadata.path("issuer").asText()).isEqualTo(scenario.issuer());
    assertThat(metadata.path("token_endpoint").asText()).isEqualTo(scenario.issuer() + "/token");
    assertThat(metadata.path("code_challenge_methods_supported").path(0).asText())
        .isEqualTo("S256");
  }

  @Test
  void theChosenUserIsInTheVerifiedIdTokenWithTheNonce() throws Exception {
    JsonNode answer = scenario.signIn("demo-ada");
    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(
                new JwksVerificationKeyResolver(
                    new JsonWebKeySet(scenario.getJson("/jwks").toString()).getJsonWebKeys()))
            .setExpectedIssuer(scenario.issuer())
            .setExpectedAudience("proxy")
            .setEvaluationTime(scenario.now())
            .build()
            .processToClaims(answer.path("id_token").asText());
    assertThat(claims.getSubject()).isEqualTo("demo-ada");
    assertThat(claims.getClaimValueAsString("nonce")).isEqualTo("n-1");
    assertThat(claims.getClaimValueAsString("email")).isEqualTo("ada@demo.example");
    assertThat(claims.getClaimValueAsString("name")).isEqualTo("Ada Lovelace");
  }

  @Test
  void theKeySetHoldsNoPrivateKeyAndTheKeyFileIsPrivate() throws Exception {
    JsonNode key = scenario.getJson("/jwks").path("keys").path(0);
    assertThat(key.has("n")).isTrue();
    assertThat(key.has("d")).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scenario.keyFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void thePageSaysWhatItIsAndRunsNoScript() throws Exception {
    HttpResponse<String> page = scenario.get("/authorize?" + scenario.authorizationRequest());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("Development sign-in", "no password", "Ada Lovelace", "Alan Turing", "Cancel")
        .doesNotContain("<script");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'");
  }

  @Test
  void cancelReturnsAccessDeniedWithStateAndIssuer() throws Exception {
    Map<String, String> answer = scenario.choose("");
    assertThat(answer)
        .containsEntry("error", "access_denied")
        .containsEntry("state", "s-1")
        .containsEntry("iss", scenario.issuer());
  }

  @Test
  void anUnknownRedirectUriIsShownAndNeverFollowed() throws Exception {
    String request = scenario.authorizationRequest().replace("callback", "elsewhere");
    HttpResponse<String> answer = scenario.get("/authorize?" + request);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void aRequestWithoutPkceIsRefusedWithARedirect() throws Exception {
    String request = scenario.authorizationRequest().replace("S256", "plain");
    HttpResponse<String> answer = scenario.get("/authorize?" + request);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .contains("error=invalid_request", "state=s-1");
  }

  @Test
  void aTamperedTicketIsRefused() throws Exception {
    String ticket = scenario.ticket();
    HttpResponse<String> answer =
        scenario.post("/authorize", Map.of("ticket", "x" + ticket, "user", "demo-ada"));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void aFormSentByAnotherSiteIsRefused() throws Exception {
    HttpResponse<String> answer =
        scenario.post(
            "/authorize",
            Map.of("ticket", scenario.ticket(), "user", "demo-ada"),
            "Origin",
            "https://attacker.example");
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void aCodeIsRedeemedOnceAndWithItsOwnVerifierOnly() throws Exception {
    String code = scenario.code("demo-alan");
    assertThat(scenario.redeem(code, "wrong-verifier").statusCode()).isEqualTo(400);
    assertThat(scenario.redeem(code, SignInScenario.VERIFIER).statusCode()).isEqualTo(200);
    HttpResponse<String> again = scenario.redeem(code, SignInScenario.VERIFIER);
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("invalid_grant");
  }

  @Test
  void aCodeExpires() throws Exception {
    String code = scenario.code("demo-alan");
    scenario.advance(Duration.ofMinutes(2));
    assertThat(scenario.redeem(code, SignInScenario.VERIFIER).body()).contains("invalid_grant");
  }

  @Test
  void aWrongClientSecretIsRefusedInTheHeaderAndInTheBody() throws Exception {
    Map<String, String> form = Map.of("grant_type", "refresh_token", "refresh_token", "any");
    HttpResponse<String> basic =
        scenario.post("/token", form, "Authorization", SignInScenario.basic("proxy", "wrong"));
    assertThat(basic.statusCode()).isEqualTo(401);
    assertThat(basic.body()).contains("invalid_client");
    assertThat(scenario.post("/token", form).statusCode()).isEqualTo(401);
  }

  @Test
  void aRefreshTokenIsRotatedAndTheOldOneRefused() throws Exception {
    String first = scenario.signIn("demo-ada").path("refresh_token").asText();
    HttpResponse<String> rotated = scenario.refresh(first);
    assertThat(rotated.statusCode()).isEqualTo(200);
    assertThat(scenario.refresh(first).statusCode()).isEqualTo(400);
    String second = SignInScenario.json(rotated).path("refresh_token").asText();
    assertThat(scenario.refresh(second).statusCode()).isEqualTo(200);
  }

  @Test
  void tokensCodesAndOpenPagesSurviveARestart() throws Exception {
    JsonNode tokens = scenario.signIn("demo-ada");
    String ticket = scenario.ticket();
    String code = scenario.code("demo-ada");

    scenario.restart();

    assertThat(scenario.userinfo(tokens.path("access_token").asText()).body())
        .contains("ada@demo.example");
    assertThat(scenario.refresh(tokens.path("refresh_token").asText()).statusCode()).isEqualTo(200);
    assertThat(scenario.redeem(code, SignInScenario.VERIFIER).statusCode()).isEqualTo(200);
    assertThat(
            scenario.post("/authorize", Map.of("ticket", ticket, "user", "demo-ada")).statusCode())
        .isEqualTo(303);
  }

  @Test
  void aRevokedGrantEndsAllItsTokens() throws Exception {
    JsonNode tokens = scenario.signIn("demo-ada");
    String refreshToken = tokens.path("refresh_token").asText();
    HttpResponse<String> revoked =
        scenario.post(
            "/revoke",
            Map.of("token", refreshToken),
            "Authorization",
            SignInScenario.basic("proxy", "s3cret"));
    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(scenario.refresh(refreshToken).statusCode()).isEqualTo(400);
    assertThat(scenario.userinfo(tokens.path("access_token").asText()).statusCode()).isEqualTo(401);
  }

  @Test
  void aRefreshTokenIsNoAccessToken() throws Exception {
    JsonNode tokens = scenario.signIn("demo-ada");
    assertThat(scenario.userinfo(tokens.path("refresh_token").asText()).statusCode())
        .isEqualTo(401);
    assertThat(scenario.userinfo(tokens.path("id_token").asText()).statusCode()).isEqualTo(401);
  }

  @Test
  void itRefusesToListenWhereOtherMachinesReachIt() {
    assertThatThrownBy(() -> scenario.startOn(new InetSocketAddress("0.0.0.0", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this machine alone");
  }
}
