package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.redirected;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization requests that lead to a code. */
class AuthorizationTest extends WireTest {

  private final App app = App.register(proxy);

  AuthorizationTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void codeComesWithStateAndIssuer_AZ29_MCP10_MCP11_MCP12() {
    Parameters answer = answer(app, app.request(), App.REDIRECT_URI);

    assertThat(answer.get("code")).startsWith("mcpc_");
    assertThat(answer.get("state")).isEqualTo("the state");
    JsonNode metadata = Wire.json(wire.get("/.well-known/oauth-authorization-server"), 200);
    assertThat(metadata.path("issuer").asText()).isEqualTo(answer.get("iss"));
    assertThat(metadata.path("authorization_response_iss_parameter_supported").asBoolean())
        .isTrue();
  }

  @Test
  void queryOfTheRedirectUriIsKept_AZ09() {
    String uri = "https://app.example/cb?tenant=1";
    App tenant = App.register(proxy, "none", uri);

    Parameters answer = answer(tenant, tenant.request().with("redirect_uri", uri), uri);

    assertThat(answer.get("tenant")).isEqualTo("1");
    assertThat(answer.get("code")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4000/cb, http://127.0.0.1:51234/cb",
    "http://127.0.0.1:4000/cb, http://127.0.0.1/cb",
    "http://127.0.0.1/cb, http://127.0.0.1:51234/cb",
    "http://[::1]:4000/cb, http://[::1]:51234/cb",
    "http://localhost:4000/cb, http://localhost:51234/cb"
  })
  void anyPortOfALoopbackUriIsAccepted_AZ10(String registered, String requested) {
    App nativeApp = App.register(proxy, "none", registered);

    Query request = nativeApp.request().with("redirect_uri", requested);

    assertThat(answer(nativeApp, request, requested).get("code")).isNotNull();
  }

  @Test
  void redirectUriMayBeLeftOutWhereThereIsOne_AZ13() {
    Query request = app.request().without("redirect_uri");

    assertThat(answer(app, request, App.REDIRECT_URI).get("code")).isNotNull();
  }

  @Test
  void scopesThatAreNotOfferedAreDroppedAndNeverReachTheProvider_AZ24() {
    String code = app.code(app.request().with("scope", "openid read admin:org"));

    JsonNode tokens = Wire.json(wire.token(app.exchange(code)), 200);

    assertThat(tokens.path("scope").asText()).isEqualTo("read");
    assertThat(proxy.provider.started().toString()).doesNotContain("admin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/mcp", "/mcp/", "upper case"})
  void resourceIsBoundInItsCanonicalForm_AZ26_MCP13_MCP14_MCP15(String path) {
    String resource =
        path.equals("upper case")
            ? "HTTP://LOCALHOST:" + proxy.one.port() + "/mcp"
            : proxy.issuer + path;

    String code = app.code(app.request().with("resource", resource));
    App.Tokens tokens =
        App.issued(wire.token(app.exchange(code).with("resource", proxy.issuer + "/mcp")));

    assertThat(app.isLetIn(tokens.access())).isTrue();
    assertThat(Jwt.claims(tokens.access()).path("aud").asText()).isEqualTo(proxy.issuer + "/mcp");
  }

  @Test
  void absentResourceMeansTheOnlyOne_AZ26() {
    assertThat(Jwt.claims(app.tokens().access()).path("aud").asText())
        .isEqualTo(proxy.issuer + "/mcp");
  }

  @Test
  void hintsSkipNeitherConsentNorSignIn_AZ32() {
    Query request =
        app.request()
            .with("login_hint", "alice@example.com")
            .with("id_token_hint", "e30.e30.e30")
            .with("max_age", "99999")
            .with("prompt", "consent");

    assertThat(app.consent(new ScriptedBrowser(), request).html()).contains("Continue with");
  }

  @Test
  void unknownParametersAreIgnored_AZ33() {
    Query request = app.request().and("whatever", "1").and("whatever", "2").and("nonce", "n");

    assertThat(answer(app, request, App.REDIRECT_URI).get("code")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/authorize", "/consent", "/callback"})
  void pagesHaveNoCors_AZ38(String path) {
    HttpResponse<String> preflight =
        wire.send(
            HttpRequest.newBuilder(proxy.one.uri(path)).method("OPTIONS", BodyPublishers.noBody()),
            "Origin",
            "https://evil.example",
            "Access-Control-Request-Method",
            "GET");
    HttpResponse<String> read = wire.get(path, "Origin", "https://evil.example");

    for (HttpResponse<String> response : List.of(preflight, read)) {
      assertThat(response.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  private Parameters answer(App client, Query request, String redirectUri) {
    return redirected(
        redirectUri, proxy.issuer, client.signIn(new ScriptedBrowser(), request).response());
  }
}
