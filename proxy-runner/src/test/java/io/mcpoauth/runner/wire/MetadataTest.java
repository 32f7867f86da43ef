package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Discovery documents, and where all public URLs come from. */
class MetadataTest extends WireTest {

  private static final String SERVER = "/.well-known/oauth-authorization-server";
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final Pattern QUOTED = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  MetadataTest(TwoInstances proxy) {
    super(proxy);
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVER, RESOURCE, RESOURCE + "/mcp", "/jwks", "/mcp"})
  void addressesComeFromTheConfigurationAlone_MD01_MD02(String path) {
    String plain = withoutDate(wire.rawGet(path));
    String spoofed =
        wire.raw(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n"
                + "X-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /evil\r\n"
                + "Forwarded: host=evil.example;proto=https\r\nX-Original-URL: /evil\r\n"
                + "X-Forwarded-Port: 1\r\nX-Rewrite-URL: /evil\r\nConnection: close\r\n\r\n");

    assertThat(withoutDate(spoofed)).isEqualTo(plain).doesNotContain("evil");
  }

  @Test
  void providerIsToldOurOwnAddressWhateverTheHostSays_MD01_MD02() {
    App app = App.register(proxy);
    app.approve(new ScriptedBrowser(), app.request());

    assertThat(proxy.provider.started().get(proxy.provider.started().size() - 1).redirectUri())
        .hasToString(proxy.issuer + "/callback");
  }

  @Test
  void issuerIsTheSameEverywhere_MD03_MCP07_MCP31_MCP35() {
    JsonNode server = json(SERVER);
    String issuer = proxy.issuer.toString();

    assertThat(server.path("issuer").asText()).isEqualTo(issuer);
    assertThat(json(RESOURCE).path("authorization_servers").path(0).asText()).isEqualTo(issuer);
    assertThat(json(RESOURCE).path("authorization_servers")).hasSize(1);
    App app = App.register(proxy);
    assertThat(Jwt.claims(app.tokens().access()).path("iss").asText()).isEqualTo(issuer);
    for (String endpoint : List.of("authorization", "token", "revocation", "registration")) {
      assertThat(server.path(endpoint + "_endpoint").asText()).startsWith(issuer + "/");
    }
  }

  @Test
  void bothDiscoveryNamesGiveOneDocument_MD05_MCP06_MCP34() {
    String body = wire.get(SERVER).body();

    assertThat(wire.get("/.well-known/openid-configuration").body()).isEqualTo(body);
    assertThat(new Wire(proxy.other).get(SERVER).body()).isEqualTo(body);
  }

  @Test
  void documentSaysWhatIsImplemented_MD05_MCP03_MCP11_MCP36_MCP43_CM27() {
    JsonNode server = json(SERVER);

    assertThat(server.path("response_types_supported").toString()).isEqualTo("[\"code\"]");
    assertThat(server.path("response_modes_supported").toString()).isIn("[\"query\"]", "");
    assertThat(server.path("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
    assertThat(server.path("grant_types_supported").toString())
        .isEqualTo("[\"authorization_code\",\"refresh_token\"]");
    assertThat(server.path("token_endpoint_auth_methods_supported"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(
            "none", "client_secret_basic", "client_secret_post", "private_key_jwt");
    assertThat(server.path("authorization_response_iss_parameter_supported").asBoolean()).isTrue();
    assertThat(server.path("client_id_metadata_document_supported").asBoolean()).isTrue();
    assertThat(server.path("jwks_uri").asText()).isEqualTo(proxy.issuer + "/jwks");
    server.forEach(member -> assertThat(member.isNull()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {RESOURCE, RESOURCE + "/mcp"})
  void resourceDescribesItself_MD06_MCP05_MCP25(String path) {
    JsonNode resource = json(path);

    assertThat(resource.path("resource").asText()).isEqualTo(proxy.issuer + "/mcp");
    assertThat(resource.path("bearer_methods_supported").toString()).isEqualTo("[\"header\"]");
    assertThat(resource.path("scopes_supported"))
        .extracting(JsonNode::asText)
        .containsExactly("read", "write");
    assertThat(resource.toString()).doesNotContain("offline_access");
  }

  @Test
  void challengeLeadsToTheDocumentOfTheResource_MCP08_MCP09_MCP32() {
    HttpResponse<String> refused = wire.post("/mcp", Wire.JSON, "{}");
    String challenge = refused.headers().firstValue("WWW-Authenticate").orElseThrow();

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(challenge).startsWith("Bearer ").doesNotContain("error", "offline_access");
    assertThat(parameter(challenge, "scope")).isEqualTo("read");
    String metadata = parameter(challenge, "resource_metadata");
    assertThat(metadata).startsWith(proxy.issuer + RESOURCE);
    assertThat(json(metadata.substring(proxy.issuer.toString().length())).path("resource").asText())
        .isEqualTo(proxy.issuer + "/mcp");
    assertThat(
            new Wire(proxy.other)
                .post("/mcp", Wire.JSON, "{}")
                .headers()
                .firstValue("WWW-Authenticate"))
        .contains(challenge);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/xyz", "/mcp/x", "/MCP", "/mcp;x", "/%6dcp"})
  void otherPathsAreNoResource_MD07(String path) {
    assertThat(wire.rawGet(RESOURCE + path)).startsWith("HTTP/1.1 40").contains("404");
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVER, RESOURCE, "/jwks"})
  void documentsMayBeCached_MD10(String path) {
    HttpResponse<String> response = wire.get(path);

    String caching = response.headers().firstValue("Cache-Control").orElseThrow();
    assertThat(caching).startsWith("public, max-age=");
    assertThat(Integer.parseInt(caching.substring("public, max-age=".length())))
        .isLessThanOrEqualTo(3_600);
    String tag = response.headers().firstValue("ETag").orElseThrow();
    assertThat(wire.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(wire.get(path, "Accept", "text/html", "Accept-Language", "de").body())
        .isEqualTo(response.body());
  }

  @Test
  void publishedKeysArePublicAndOfBothInstances_MD13() {
    JsonNode keys = json("/jwks").path("keys");
    Set<String> ids = new HashSet<>();

    for (JsonNode key : keys) {
      assertThat(ids.add(key.path("kid").asText())).isTrue();
      assertThat(key.has("d")).isFalse();
      assertThat(key.path("kty").asText()).isEqualTo("EC");
      assertThat(key.path("use").asText()).isEqualTo("sig");
    }
    String token = App.register(proxy).tokens().access();
    assertThat(ids).contains(Jwt.header(token).path("kid").asText());
    assertThat(new Wire(proxy.other).get("/jwks").body()).isEqualTo(wire.get("/jwks").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/token", "/authorize", "/mcp", "/%zz"})
  void answersCarryNoBanner_MD14_LG02(String path) {
    assertThat(wire.rawGet(path))
        .doesNotContainIgnoringCase("jetty")
        .doesNotContainIgnoringCase("\r\nserver:")
        .doesNotContainIgnoringCase("x-powered-by")
        .doesNotContain("io.mcpoauth", "Exception", "\tat ");
  }

  @Test
  void issuerOnLoopbackBindsNobodyToHttps() {
    Query request = App.register(proxy).request();
    // Else all that a developer runs on localhost would be out of reach.
    assertThat(wire.authorize(request).headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  private JsonNode json(String path) {
    return Wire.json(wire.get(path), 200);
  }

  private static String parameter(String challenge, String name) {
    Matcher matcher = QUOTED.matcher(challenge);
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2);
      }
    }
    throw new AssertionError("no " + name + " in " + challenge);
  }

  private static String withoutDate(String answer) {
    return answer.replaceAll("(?i)\r\ndate: [^\r]*", "");
  }
}
