package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approvals that a browser remembers, over HTTP. */
class RememberedConsentTest {

  private static final String REDIRECT_URI = "https://client.example/cb";
  private static final String COOKIE = "__Host-mcp-approvals";

  private final Container container = Container.jetty("");
  private final Browser browser = new Browser();
  private AuthorizationServer server;
  private String clientId;

  @BeforeEach
  void start() throws Exception {
    URI issuer = URI.create("http://localhost:" + container.port());
    server =
        TestServer.builder(issuer, new InMemoryStorage(InstantSource.system()))
            .consentMemory(Duration.ofDays(30))
            .build();
    container.addServlet(new OAuthServlet(server, SecretSource.system()), List.of("/*"));
    container.start();
    String metadata =
        """
        {"client_name": "Web", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none"}
        """
            .formatted(REDIRECT_URI);
    Registered registered = (Registered) server.register(new RegistrationRequest(metadata, null));
    clientId = TestServer.jsonString("client_id", registered.document().expose());
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  @Test
  void approvalIsRecalledForTheUserAndNotForSites_CN04() throws Exception {
    connect("&remember=yes");

    HttpResponse<String> own = authorize("Sec-Fetch-Site", "none");
    assertThat(own.statusCode()).isEqualTo(302);
    assertThat(own.headers().firstValue("Location").orElseThrow()).contains("state=");
    assertThat(authorize("Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(302);
    assertThat(authorize("Sec-Fetch-Site", "cross-site").body()).contains("Allow");
    assertThat(authorize("Sec-Fetch-Site", "same-site").body()).contains("Allow");
    assertThat(authorize().body()).contains("Allow");
  }

  @Test
  void onlyTheUserMakesTheBrowserRemember_Policy6() throws Exception {
    connect("");

    assertThat(browser.cookies()).doesNotContainKey(COOKIE);
    assertThat(authorize("Sec-Fetch-Site", "none").body())
        .contains(
            "<input type=\"checkbox\" name=\"remember\" value=\"yes\"> Do not ask", "30 days");
  }

  @Test
  void cookieIsForThisHostAndSaysNothing_WB04() throws Exception {
    HttpResponse<String> toClient = connect("&remember=yes");

    assertThat(toClient.headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith(COOKIE + "="))
        .singleElement()
        .asString()
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=2592000")
        .doesNotContain("Domain", clientId);
  }

  /** Goes once through the flow, up to a live grant. */
  private HttpResponse<String> connect(String choice) throws Exception {
    HttpResponse<String> page = authorize();
    HttpResponse<String> toProvider =
        browser.submit(
            uri("/consent"), "ticket=" + Browser.ticket(page) + "&provider=test" + choice);
    String state = URI.create(location(toProvider)).getRawQuery();
    HttpResponse<String> toClient = browser.get(uri("/callback?code=c&" + state));
    assertThat(location(toClient)).startsWith(REDIRECT_URI + "?code=");
    String code = TestServer.valueOf("code", URI.create(location(toClient)).getRawQuery());
    String form =
        TestServer.codeForm(clientId, code)
            .replace(encode(TestServer.REDIRECT_URI), encode(REDIRECT_URI));
    assertThat(browser.submit(uri("/token"), form).statusCode()).isEqualTo(200);
    return toClient;
  }

  private HttpResponse<String> authorize(String... headers) throws Exception {
    String query =
        TestServer.authorizeQuery(clientId, "s")
            .replace(encode(TestServer.REDIRECT_URI), encode(REDIRECT_URI));
    return browser.get(uri("/authorize?" + query), headers);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String location(HttpResponse<String> response) {
    return response.headers().firstValue("Location").orElseThrow();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + container.port() + path);
  }
}
