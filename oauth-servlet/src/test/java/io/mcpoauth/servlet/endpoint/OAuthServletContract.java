package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints over HTTP, in some container, at some context path. */
abstract class OAuthServletContract {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CORS = "Access-Control-Allow-Origin";

  private final Container container = newContainer();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Browser browser = new Browser();
  private AuthorizationServer server;

  abstract Container newContainer();

  /** The path of the issuer. */
  abstract String prefix();

  @BeforeEach
  void start() throws Exception {
    server = TestServer.at(URI.create("http://localhost:" + container.port() + prefix()));
    container.addServlet(new OAuthServlet(server, SecretSource.system()), List.of("/*"));
    container.start();
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  @Test
  void wholeFlowFromRegistrationToRevocation() throws Exception {
    HttpResponse<String> registered =
        post("/register", "application/json", TestServer.registration());
    assertThat(registered.statusCode()).isEqualTo(201);
    assertThat(registered.headers().firstValue("Cache-Control")).contains("no-store");
    String clientId = TestServer.jsonString("client_id", registered.body());

    HttpResponse<String> page = consentPage(clientId);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Location")).isEmpty();
    HttpResponse<String> toProvider =
        browser.submit(uri("/consent"), "ticket=" + Browser.ticket(page) + "&provider=test");
    assertThat(toProvider.statusCode()).isEqualTo(303);
    HttpResponse<String> toClient = returnFrom(toProvider);
    assertThat(toClient.statusCode()).isEqualTo(302);
    assertThat(toClient.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(browser.cookies().keySet()).noneMatch(name -> name.startsWith("__Host-mcp-login"));

    String query = URI.create(location(toClient)).getRawQuery();
    assertThat(TestServer.valueOf("state", query)).isEqualTo("s t");
    assertThat(TestServer.valueOf("iss", query)).isEqualTo(server.settings().issuer().toString());
    HttpResponse<String> tokens =
        post("/token", FORM, TestServer.codeForm(clientId, TestServer.valueOf("code", query)));
    assertThat(tokens.statusCode()).isEqualTo(200);
    assertThat(tokens.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(tokens.body()).contains("\"token_type\":\"Bearer\"").contains("\"expires_in\":3600");
    String refreshToken = TestServer.jsonString("refresh_token", tokens.body());
    HttpResponse<String> revoked =
        post("/revoke", FORM, "client_id=" + clientId + "&token=" + refreshToken);
    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(revoked.body()).isEmpty();
    HttpResponse<String> refreshed =
        post(
            "/token",
            FORM,
            "grant_type=refresh_token&client_id=" + clientId + "&refresh_token=" + refreshToken);
    assertThat(refreshed.statusCode()).isEqualTo(400);
    assertThat(refreshed.body()).contains("invalid_grant");
  }

  @Test
  void consentPageIsStrict_CN10_CN14_CN15() throws Exception {
    HttpResponse<String> page = consentPage(TestServer.registeredClient(server));

    assertThat(page.body())
        .contains("Client &lt;1&gt;", "Not verified", "127.0.0.1", "Continue with Test &amp; Co")
        .doesNotContain("<script", "<1>", "http://www", "src=");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "form-action");
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue(CORS)).isEmpty();
    assertThat(page.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("__Host-mcp-consent=")
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
        .doesNotContain("Domain");
  }

  @Test
  void consentPagesOfOneBrowserStaySubmittable_CN08() throws Exception {
    String clientId = TestServer.registeredClient(server);
    HttpResponse<String> first = consentPage(clientId);
    consentPage(clientId);

    HttpResponse<String> answer =
        browser.submit(uri("/consent"), "ticket=" + Browser.ticket(first) + "&provider=test");
    assertThat(answer.statusCode()).isEqualTo(303);
  }

  @Test
  void consentOfAnotherBrowserIsRefused_CN03() throws Exception {
    HttpResponse<String> page = consentPage(TestServer.registeredClient(server));

    HttpResponse<String> answer =
        new Browser().submit(uri("/consent"), "ticket=" + Browser.ticket(page) + "&provider=test");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void consentSentFromAnotherSiteIsRefused_CN03() throws Exception {
    HttpResponse<String> page = consentPage(TestServer.registeredClient(server));

    HttpResponse<String> answer =
        browser.submit(
            uri("/consent"),
            "ticket=" + Browser.ticket(page) + "&provider=test",
            "Sec-Fetch-Site",
            "cross-site");
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void declineGoesBackToTheClient_CN09() throws Exception {
    HttpResponse<String> page = consentPage(TestServer.registeredClient(server));

    HttpResponse<String> answer = browser.submit(uri("/consent"), "ticket=" + Browser.ticket(page));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).startsWith(TestServer.REDIRECT_URI).contains("access_denied");
  }

  @Test
  void framedPageIsRefused_CN14() throws Exception {
    HttpResponse<String> answer =
        browser.get(uri("/authorize?client_id=x"), "Sec-Fetch-Dest", "iframe");
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void headAndPrefetchDoNotUseUpTheLogin_UP23() throws Exception {
    HttpResponse<String> page = consentPage(TestServer.registeredClient(server));
    HttpResponse<String> toProvider =
        browser.submit(uri("/consent"), "ticket=" + Browser.ticket(page) + "&provider=test");
    URI callback = callback(toProvider);

    assertThat(send(HttpRequest.newBuilder(callback).method("HEAD", BodyPublishers.noBody())))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(405);
    assertThat(browser.get(callback, "Sec-Purpose", "prefetch").statusCode()).isEqualTo(503);
    assertThat(browser.get(callback).statusCode()).isEqualTo(302);
  }

  @Test
  void unknownClientSeesAPageAndIsNotRedirected_AZ01() throws Exception {
    URI authorize = uri("/authorize?" + TestServer.authorizeQuery("nobody", "s"));
    HttpResponse<String> page = browser.get(authorize);
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Location")).isEmpty();

    HttpResponse<String> json = browser.get(authorize, "Accept", "application/json");
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(json.body()).contains("\"error\":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=%zz", "x=%c0%af", "x=%00", "x=%ff", "%zz=x"})
  void malformedParametersAreRefused_AZ39(String parameter) throws Exception {
    String query = TestServer.authorizeQuery(TestServer.registeredClient(server), "s");

    assertThat(rawGet("/authorize?" + query + "&x=%7a")).startsWith("HTTP/1.1 200");
    assertThat(rawGet("/authorize?" + query + "&" + parameter))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("Location:");
  }

  private String rawGet(String path) throws Exception {
    try (RawClient client = new RawClient(container.port())) {
      client.send("GET " + prefix() + path + " HTTP/1.1\r\n");
      client.send("Host: localhost\r\nConnection: close\r\n\r\n");
      return client.readAll();
    }
  }

  @Test
  void metadataIsPublicAndCachable_MD10_WB01() throws Exception {
    for (String path :
        List.of(
            prefix() + "/.well-known/oauth-authorization-server",
            prefix() + "/.well-known/openid-configuration")) {
      HttpResponse<String> document = send(HttpRequest.newBuilder(origin(path)).GET());
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(TestServer.jsonString("issuer", document.body()))
          .isEqualTo(server.settings().issuer().toString());
      assertThat(document.headers().firstValue("Cache-Control")).contains("public, max-age=3600");
      assertThat(document.headers().firstValue(CORS)).contains("*");
      String tag = document.headers().firstValue("ETag").orElseThrow();
      assertThat(send(HttpRequest.newBuilder(origin(path)).header("If-None-Match", tag)))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(304);
    }
  }

  @Test
  void resourceMetadataIsAtTheRootAndAtTheResource_MD06_MD07() throws Exception {
    String name = "/.well-known/oauth-protected-resource";
    for (String path : List.of(name, name + prefix() + "/mcp")) {
      HttpResponse<String> document = send(HttpRequest.newBuilder(uri(path)).GET());
      assertThat(document.statusCode()).isEqualTo(200);
      assertThat(TestServer.jsonString("resource", document.body()))
          .isEqualTo(server.settings().endpoint("/mcp"));
    }
    assertThat(send(HttpRequest.newBuilder(uri(name + "/xyz")).GET()).statusCode()).isEqualTo(404);
  }

  @Test
  void keysHaveNoPrivateMembers_MD13() throws Exception {
    HttpResponse<String> keys = send(HttpRequest.newBuilder(uri("/jwks")).GET());
    assertThat(keys.statusCode()).isEqualTo(200);
    assertThat(keys.body()).contains("\"keys\"").doesNotContain("\"d\"");
  }

  @Test
  void headOfMetadataHasNoBody() throws Exception {
    HttpResponse<String> head =
        send(HttpRequest.newBuilder(uri("/jwks")).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void healthIsReported(String path) throws Exception {
    HttpResponse<String> health = send(HttpRequest.newBuilder(uri(path)).GET());
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"up\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jwks/", "/JWKS", "//jwks", "/./jwks", "/%6awks", "/jwks%00", "/jwks;a"})
  void aliasesOfEndpointsDoNotExist_HP18(String alias) throws Exception {
    assertThat(rawGet("/jwks")).startsWith("HTTP/1.1 200");
    assertThat(rawGet(alias)).containsPattern("^HTTP/1.1 40[04]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", FORM + ";charset=utf-16"})
  void tokenRequestMustBeAForm_TC18(String contentType) throws Exception {
    HttpResponse<String> response = post("/token", contentType, "grant_type=refresh_token");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"error\":\"invalid_request\"");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void parametersInTheUrlDoNotCount_TC17() throws Exception {
    HttpResponse<String> response = post("/token?grant_type=refresh_token", FORM, "");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("invalid_request");
  }

  @Test
  void bodiesAreLimited_HP13_HP15() throws Exception {
    assertThat(post("/token", FORM, "a=" + "x".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(
            send(HttpRequest.newBuilder(uri("/register"))
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(415);
  }

  @Test
  void preflightsAreAnsweredForClientsOnly_WB01_AZ38() throws Exception {
    HttpResponse<String> token = preflight("/token");
    assertThat(token.statusCode()).isEqualTo(204);
    assertThat(token.headers().firstValue(CORS)).contains("*");
    assertThat(token.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization", "Content-Type", "MCP-Protocol-Version");
    assertThat(token.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    for (String path : List.of("/authorize", "/consent", "/callback")) {
      assertThat(preflight(path).headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @Test
  void otherMethodsAreNotAllowed_AZ37_RV13() throws Exception {
    assertThat(post("/authorize", FORM, "client_id=x").statusCode()).isEqualTo(405);
    assertThat(send(HttpRequest.newBuilder(uri("/revoke")).GET()).statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> consentPage(String clientId) throws Exception {
    return browser.get(uri("/authorize?" + TestServer.authorizeQuery(clientId, "s t")));
  }

  private HttpResponse<String> returnFrom(HttpResponse<String> toProvider) throws Exception {
    return browser.get(callback(toProvider));
  }

  private URI callback(HttpResponse<String> toProvider) {
    return uri("/callback?code=c&" + URI.create(location(toProvider)).getRawQuery());
  }

  private HttpResponse<String> preflight(String path) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Origin", "https://app.example")
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private HttpResponse<String> post(String path, String contentType, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String location(HttpResponse<String> response) {
    return response.headers().firstValue("Location").orElseThrow();
  }

  private URI uri(String path) {
    return origin(prefix() + path);
  }

  private URI origin(String path) {
    return URI.create("http://localhost:" + container.port() + path);
  }
}
