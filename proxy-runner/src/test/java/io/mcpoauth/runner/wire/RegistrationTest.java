package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dynamic client registration. */
class RegistrationTest extends WireTest {

  RegistrationTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void clientIsToldWhatWasRegistered_RG01_MCP04_MCP44() {
    HttpResponse<String> response =
        wire.register(
            with(
                "\"application_type\":\"native\",\"client_uri\":\"https://app.example\","
                    + "\"contacts\":[\"a@app.example\"],\"scope\":\"read\""));

    JsonNode client = Wire.json(response, 201);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(client.path("client_name").asText()).isEqualTo("App");
    assertThat(client.path("redirect_uris").path(0).asText()).isEqualTo(App.REDIRECT_URI);
    assertThat(client.path("grant_types").toString())
        .contains("authorization_code", "refresh_token");
    assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo("none");
    assertThat(client.path("application_type").asText()).isEqualTo("native");
    assertThat(client.path("client_uri").asText()).isEqualTo("https://app.example");
    assertThat(client.path("contacts").path(0).asText()).isEqualTo("a@app.example");
    assertThat(client.path("scope").asText()).isEqualTo("read");
    assertThat(client.has("client_secret")).isFalse();
    assertThat(client.path("client_id").asText()).doesNotStartWith("http");
    assertThat(client.findValues("")).noneMatch(JsonNode::isNull);
  }

  @Test
  void methodIsBasicUnlessNamed_RG02() {
    JsonNode client =
        Wire.json(wire.register("{\"redirect_uris\":[\"" + App.REDIRECT_URI + "\"]}"), 201);

    assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo("client_secret_basic");
    assertThat(client.path("client_secret").asText()).hasSizeGreaterThanOrEqualTo(43);
    assertThat(client.path("client_secret_expires_at").isInt()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"redirect_uris\":[]}",
        "{\"redirect_uris\":null}",
        "{\"redirect_uris\":\"https://app.example/\"}",
        "{\"redirect_uris\":[[\"https://app.example/\"]]}",
        "{\"redirect_uris\":[\"https://app.example/\",1]}",
        "{\"redirect_uris\":[null]}",
        "{\"redirect_uris\":{\"0\":\"https://app.example/\"}}"
      })
  void redirectUrisMustBeAListOfUris_RG03(String json) {
    isRefused(400, "invalid_redirect_uri", wire.register(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\\tscript:alert(1)",
        "javascript://app.example/%0aalert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://app.example/x",
        "about:blank",
        "view-source:https://app.example/",
        "intent://app.example/#Intent;end",
        "ftp://app.example/",
        "ws://app.example/",
        "wss://app.example/",
        "mailto:a@app.example",
        "chrome://settings",
        "ms-msdt:/id",
        "unknown:/callback"
      })
  void onlyKnownClassesOfSchemesAreAllowed_RG04(String uri) {
    isRefused(400, "invalid_redirect_uri", wire.register(to(uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example/cb#fragment",
        "https://app.example/cb#",
        "https://user@app.example/cb",
        "https://user:pw@app.example/cb",
        "https://*.app.example/cb",
        "https://app.example/*",
        "https://app.example/a/../cb",
        "https://app.example/a/%2e%2e/cb",
        "https://app.example\\\\cb",
        "https://\u00e4pp.example/cb",
        "https:///cb",
        "https:app.example",
        "/cb",
        "app.example/cb"
      })
  void ambiguousUrisAreRefused_RG06(String uri) {
    isRefused(400, "invalid_redirect_uri", wire.register(to(uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.evil.test/",
        "http://169.254.169.254/",
        "http://app.example/cb",
        "http://127.0.0.2/cb",
        "http://0.0.0.0/cb",
        "http://127.1/cb",
        "http://2130706433/cb",
        "http://[::ffff:127.0.0.1]/cb",
        ""
      })
  void plainHttpIsForLoopbackOnly_RG07_MCP51(String uri) {
    isRefused(400, "invalid_redirect_uri", wire.register(to(uri)));
  }

  @Test
  void ourOwnOriginCannotBeRegistered_AZ35() {
    isRefused(400, "invalid_redirect_uri", wire.register(to(proxy.issuer + "/callback")));
    isRefused(400, "invalid_redirect_uri", wire.register(to(proxy.issuer + "/authorize")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cursor://anysphere.cursor-retrieval/oauth/callback",
        "vscode://ms.app/cb",
        "com.example.app:/callback"
      })
  void nativeApplicationsMayRegister_RG04(String uri) {
    assertThat(wire.register(to(uri)).statusCode()).isEqualTo(201);
  }

  @Test
  void everythingHasItsLimit_RG09() {
    String uris =
        IntStream.range(0, 21)
            .mapToObj(i -> "\"https://app.example/" + i + "\"")
            .collect(Collectors.joining(","));
    String contacts =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "\"" + i + "@app.example\"")
            .collect(Collectors.joining(","));

    isRefused(400, "invalid_client_metadata", wire.register("{\"redirect_uris\":[" + uris + "]}"));
    isRefused(
        400,
        "invalid_client_metadata",
        wire.register(App.metadata("n".repeat(201), "none", App.REDIRECT_URI)));
    isRefused(
        400, "invalid_client_metadata", wire.register(with("\"contacts\":[" + contacts + "]")));
    assertThat(wire.register(to("https://app.example/" + "a".repeat(3_000))).statusCode())
        .isEqualTo(400);
  }

  @Test
  void bodyHasItsLimit_RG10() {
    String large = with("\"x\":\"" + "a".repeat(66_000) + "\"");
    assertThat(wire.register(large).statusCode()).isEqualTo(413);
    String chunk = "10000\r\n" + " ".repeat(65_536) + "\r\n";
    assertThat(
            wire.raw(
                "POST /register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk
                    + chunk))
        .startsWith("HTTP/1.1 413 ");
    assertThat(wire.register(with("\"x\":1"), "Content-Encoding", "gzip").statusCode())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "\"x\"", "{", "{}{}", "{} x", "\ufeff{}"})
  void bodyMustBeOneJsonObject_RG12(String body) {
    assertThat(wire.register(body).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\":\"\\ud800\"",
        "\"x\":\"a\",\"x\":\"b\"",
        "\"x\":1e999999",
        "\"x\":[{\"y\":-1e400}]",
        "\"x\":NaN",
        "'x':1",
        "\"x\":1,"
      })
  void memberMustBeStrictJson_RG12(String member) {
    assertThat(wire.register(with(member)).statusCode()).isEqualTo(400);
  }

  @Test
  void smallNumbersAreNoHarm_RG12() {
    assertThat(wire.register(with("\"x\":1e-999,\"y\":1e300")).statusCode()).isEqualTo(201);
  }

  @Test
  void deepBodyIsRefused_RG12() {
    String deep = "[".repeat(30_000) + "]".repeat(30_000);

    assertThat(wire.register(with("\"x\":" + deep)).statusCode()).isEqualTo(400);
  }

  @Test
  void clientCannotChooseItsIdOrSecret_RG14() {
    JsonNode client =
        Wire.json(
            wire.register(
                with(
                    "\"client_id\":\"admin\",\"client_secret\":\"known\","
                        + "\"registration_access_token\":\"known\"")),
            201);

    assertThat(client.path("client_id").asText()).isNotEqualTo("admin");
    assertThat(client.toString()).doesNotContain("known");
  }

  @Test
  void grantTypesThatWeDoNotHaveAreLeftOut_RG15() {
    String metadata =
        App.metadata("App", "none", App.REDIRECT_URI)
            .replace(
                "[\"authorization_code\"", "[\"implicit\",\"password\",\"authorization_code\"");
    JsonNode client = Wire.json(wire.register(metadata), 201);

    assertThat(client.path("grant_types").toString()).doesNotContain("implicit", "password");
    isRefused(
        400, "invalid_client_metadata", wire.register(with("\"response_types\":[\"token\"]")));
    isRefused(
        400,
        "invalid_client_metadata",
        wire.register(metadata.replace("\"authorization_code\",", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"jwks\":{\"keys\":[]},\"jwks_uri\":\"https://app.example/jwks\"",
        "\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"AA\"}]}",
        "\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}",
        "\"jwks\":\"x\"",
        "\"jwks_uri\":\"http://app.example/jwks\""
      })
  void keysArePublicAndInOnePlace_RG16(String members) {
    isRefused(400, "invalid_client_metadata", wire.register(with(members)));
  }

  @Test
  void nothingIsFetched_RG17_RG18() {
    String target = proxy.mcpServer.url().toString();
    int calls = proxy.mcpServer.calls();
    for (String member : List.of("logo_uri", "client_uri", "jwks_uri", "sector_identifier_uri")) {
      wire.register(with("\"" + member + "\":\"" + target + "\""));
    }
    JsonNode client = Wire.json(wire.register(with("\"software_statement\":\"e30.e30.\"")), 201);

    assertThat(proxy.mcpServer.calls()).isEqualTo(calls);
    assertThat(client.has("software_statement")).isFalse();
  }

  @Test
  void managementIsNotAdvertisedWhereThereIsNone_RG19() {
    JsonNode client = Wire.json(wire.register(with("\"x\":1")), 201);

    assertThat(client.has("registration_client_uri")).isFalse();
    assertThat(client.has("registration_access_token")).isFalse();
  }

  @Test
  void equalRegistrationsAreOneClient_RG22() {
    String id = App.register(proxy).id();

    assertThat(App.register(proxy).id()).isEqualTo(id);
    assertThat(App.register(proxy, "client_secret_post", App.REDIRECT_URI).id())
        .isNotEqualTo(App.register(proxy, "client_secret_post", App.REDIRECT_URI).id());
  }

  @Test
  void registrationMayBeOffOrNeedAToken_RG23() {
    try (Instance off = proxy.another(registration(RegistrationSettings.off()))) {
      assertThat(new Wire(off).register(App.metadata("App", "none", App.REDIRECT_URI)).statusCode())
          .isEqualTo(404);
      assertThat(new Wire(off).get("/.well-known/oauth-authorization-server").body())
          .doesNotContain("registration_endpoint");
    }
    RegistrationSettings withToken =
        RegistrationSettings.protectedBy(List.of(Secret.of("initial access token")));
    try (Instance guarded = proxy.another(registration(withToken))) {
      Wire guardedWire = new Wire(guarded);
      String metadata = App.metadata("App", "none", App.REDIRECT_URI);
      assertThat(guardedWire.register(metadata).statusCode()).isEqualTo(401);
      assertThat(guardedWire.register(metadata, "Authorization", "Bearer x").statusCode())
          .isEqualTo(401);
      assertThat(
              guardedWire
                  .register(metadata, "Authorization", "Bearer initial access token")
                  .statusCode())
          .isEqualTo(201);
    }
  }

  private static Setup registration(RegistrationSettings settings) {
    return Setup.standard().built(builder -> builder.registration(settings));
  }

  private static String to(String uri) {
    return App.metadata("App", "none", uri);
  }

  private static String with(String members) {
    return App.metadata("App", "none", App.REDIRECT_URI)
        .replace("{\"client_name\"", "{" + members + ",\"client_name\"");
  }
}
