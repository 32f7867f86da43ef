package io.mcpoauth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.provider.Providers;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import io.mcpoauth.servlet.flow.SignInProvider;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {

  private final SignInProvider provider = SignInProvider.start();
  private final URI issuer = URI.create("http://localhost:" + FreePorts.next(1));
  private final URI mcp = issuer.resolve("/mcp");
  private EmbeddedServer application;

  @BeforeEach
  void start() throws IOException {
    application =
        EmbeddedServer.start(
            issuer.getPort(),
            Secret.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
            Providers.of(
                ProviderSettings.builder("test", provider.issuer().toString(), "embedded")
                    .clientSecret(Secret.of("s3cret"))
                    .build(),
                HttpClient.newHttpClient(),
                InstantSource.system()));
  }

  @AfterEach
  void stop() {
    application.close();
    provider.close();
  }

  @Test
  void aUserSignsInAndIsGreeted_S18() {
    SignedInClient client = SignedInClient.of(mcp);
    Tokens rotated =
        FlowDriver.tokens(
            client.flow().refresh(client.metadata(), client.id(), client.tokens().refreshToken()));
    assertThat(client.flow().callMcp(rotated.accessToken()).body()).isEqualTo("Hello, zoe-1");
    client.flow().revoke(client.metadata(), client.id(), rotated.refreshToken());
    assertThat(client.flow().callMcp(rotated.accessToken()).statusCode()).isEqualTo(401);
  }

  @Test
  void theConsentPageEscapesTheNameAndCancelTellsTheClient() {
    FlowDriver flow = new FlowDriver(mcp);
    ScriptedBrowser browser = new ScriptedBrowser();
    JsonNode metadata = flow.discover();
    String id = flow.register(metadata, "<script>\"&'");
    Hop consent = browser.open(flow.authorizationRequest(metadata, id));
    assertThat(consent.html())
        .doesNotContain("<script>")
        .contains("&lt;script&gt;", mcp.toString(), "openid");
    assertThat(browser.press(consent, "Cancel").location().getRawQuery())
        .contains("error=access_denied");
  }

  @Test
  void malformedRequestsAreRefused() {
    HttpCalls http = new HttpCalls();
    URI token = issuer.resolve("/token");
    assertThat(http.postForm(token, Map.of("grant_type", "password")).statusCode()).isEqualTo(400);
    assertThat(http.postJson(token, Map.of()).statusCode()).isEqualTo(400);
    assertThat(http.postForm(token, Map.of("grant_type", "refresh_token", "client_id", "nobody")))
        .satisfies(
            answer -> assertThat(answer.statusCode()).isEqualTo(401),
            answer -> assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent());
    assertThat(http.postForm(issuer.resolve("/introspect"), Map.of("token", "a")).statusCode())
        .isEqualTo(401);
    assertThat(http.get(URI.create(issuer + "/authorize?a=%FF")).statusCode()).isEqualTo(400);
    assertThat(http.get(issuer.resolve("/nothing")).statusCode()).isEqualTo(404);
  }
}
