package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.contract.ScriptedProvider;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several providers on the consent page, and a policy that lets one domain in, over HTTP. */
class SeveralProvidersTest {

  private final Container container = Container.jetty("");
  private final Browser browser = new Browser();
  private AuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        TestServer.at(
            URI.create("http://localhost:" + container.port() + "/auth"),
            AccessPolicy.of(List.of(), List.of("corp.example")),
            List.of(new ScriptedProvider("one"), new ScriptedProvider("two")));
    container.addServlet(new OAuthServlet(server, SecretSource.system()), List.of("/*"));
    container.start();
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  @Test
  void eachProviderIsOneClickOnTheConsentPage_P13() throws Exception {
    assertThat(consentPage().body())
        .contains("value=\"one\">Continue with Provider one<")
        .contains("value=\"two\">Continue with Provider two<");
  }

  @Test
  void deniedUserSeesAPageThatLeadsBackToTheClient_P12() throws Exception {
    HttpResponse<String> page = browser.get(callbackOf("/callback/two", approveAt("two")));

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.headers().firstValue("Location")).isEmpty();
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(page.body())
        .contains("This account has no access", "Provider two", "alice@example.com")
        .contains("href=\"" + TestServer.REDIRECT_URI + "?error=access_denied&amp;state=s");
    assertThat(browser.cookies().keySet()).noneMatch(name -> name.startsWith("__Host-mcp-login"));
  }

  @Test
  void programThatIsDeniedIsSentBackAtOnce_P12() throws Exception {
    HttpResponse<String> answer =
        browser.get(callbackOf("/callback/two", approveAt("two")), "Accept", "application/json");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .startsWith(TestServer.REDIRECT_URI + "?error=access_denied&");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/callback", "/callback/one", "/callback/three", "/callback/t%77o"})
  void answerAtAnotherCallbackIsRefused_UP07(String path) throws Exception {
    assertThat(browser.get(callbackOf(path, approveAt("two"))).statusCode()).isIn(400, 404);
  }

  private HttpResponse<String> consentPage() throws Exception {
    String clientId = TestServer.registeredClient(server);
    return browser.get(uri("/authorize?" + TestServer.authorizeQuery(clientId, "s")));
  }

  private URI approveAt(String provider) throws Exception {
    HttpResponse<String> toProvider =
        browser.submit(
            uri("/consent"), "ticket=" + Browser.ticket(consentPage()) + "&provider=" + provider);
    return URI.create(toProvider.headers().firstValue("Location").orElseThrow());
  }

  private URI callbackOf(String path, URI atProvider) {
    return uri(path + "?code=c&" + atProvider.getRawQuery());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + container.port() + "/auth" + path);
  }
}
