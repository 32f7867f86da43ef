package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.HtmlForm;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * The official MCP Java SDK on both sides of the proxy, with a sign-in at an OpenID Connect
 * provider that is not ours.
 */
class McpSdkEndToEndTest {

  /** Lets the MCP server's countdown make one step each. */
  private static final Semaphore STEPS = new Semaphore(0);

  private static final RealParts parts = RealParts.start(McpSdkEndToEndTest::awaitStep);
  private static final RunningInstance proxy = RunningInstance.inProcess(parts);

  @AfterAll
  static void stop() {
    proxy.close();
    parts.close();
  }

  @Test
  void aClientThatKnowsTheUrlAloneEndsWithToolResults() {
    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    try (McpConnection mcp = connect(client.tokens())) {
      assertThat(mcp.tools()).containsExactlyInAnyOrder("whoami", "add", "countdown");
      assertThat(mcp.call("add", Map.of("a", 19, "b", 23))).isEqualTo("42");
    }
  }

  @Test
  void theMcpServerLearnsWhoTheUserIs() {
    try (McpConnection mcp = connect(SignedInClient.of(parts.protectedMcpServer()).tokens())) {
      assertThat(mcp.call("whoami", Map.of()))
          .isEqualTo("user: zoe-1, e-mail: zoe@example.com, name: Zoë Quinn, access token: yes");
    }
  }

  /** The server makes a step only after the client has seen the one before. */
  @Test
  void progressReachesTheClientOneByOne() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Tokens tokens = SignedInClient.of(parts.protectedMcpServer()).tokens();
    STEPS.drainPermits();
    STEPS.release();
    try (McpConnection mcp =
        McpConnection.open(
            parts.protectedMcpServer(),
            tokens.accessToken(),
            message -> {
              seen.add(message);
              STEPS.release();
            })) {
      assertThat(mcp.call("countdown", Map.of("n", 3))).isEqualTo("Lift-off after 3 steps");
    }
    assertThat(seen).containsExactly("2 to go", "1 to go", "0 to go");
  }

  @Test
  void refreshRotatesAndTheSameRequestAgainIsAnsweredAlike() {
    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    Tokens rotated = FlowDriver.tokens(refresh(client, client.tokens()));
    Tokens repeated = FlowDriver.tokens(refresh(client, client.tokens()));
    assertThat(rotated.refreshToken()).isNotEqualTo(client.tokens().refreshToken());
    assertThat(repeated.refreshToken()).isEqualTo(rotated.refreshToken());
    try (McpConnection mcp = connect(rotated)) {
      assertThat(mcp.call("add", Map.of("a", 1, "b", 1))).isEqualTo("2");
    }
  }

  @Test
  void revokingTheRefreshTokenEndsAllTokensOfTheGrant() {
    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    String accessToken = client.tokens().accessToken();
    assertThat(client.flow().callMcp(accessToken).statusCode()).isNotEqualTo(401);
    client.flow().revoke(client.metadata(), client.id(), client.tokens().refreshToken());
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> client.flow().callMcp(accessToken).statusCode() == 401);
    assertThat(refresh(client, client.tokens()).statusCode()).isEqualTo(400);
  }

  @Test
  void theConsentPageSaysWhoAsksAndCancelTellsTheClient() {
    FlowDriver flow = new FlowDriver(parts.protectedMcpServer());
    ScriptedBrowser browser = new ScriptedBrowser();
    JsonNode metadata = flow.discover();
    String id = flow.register(metadata, "Ink & <Quill>");
    Hop consent = browser.open(flow.authorizationRequest(metadata, id));
    assertThat(consent.status()).isEqualTo(200);
    assertThat(HtmlForm.text(consent.html()))
        .contains("Ink & <Quill>", "Not verified", parts.protectedMcpServer().toString());
    assertThat(browser.cookieNames(parts.proxy())).allMatch(name -> name.startsWith("__Host-"));
    URI answer = browser.press(consent, "Cancel").location();
    assertThat(answer.getRawQuery())
        .contains("error=access_denied", "iss=")
        .doesNotContain("code=");
  }

  @Test
  void anotherBrowserCannotSubmitTheConsentForm() {
    FlowDriver flow = new FlowDriver(parts.protectedMcpServer());
    JsonNode metadata = flow.discover();
    String id = flow.register(metadata, "End-to-end test");
    Hop consent = new ScriptedBrowser().open(flow.authorizationRequest(metadata, id));
    Hop refused = new ScriptedBrowser().press(consent, "Continue with");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.isRedirect()).isFalse();
  }

  @Test
  void healthIsReported() {
    HttpCalls http = new HttpCalls();
    for (String path : List.of("/health", "/health/live", "/health/ready")) {
      assertThat(http.get(parts.proxy().resolve(path)).statusCode()).as(path).isEqualTo(200);
    }
  }

  private static McpConnection connect(Tokens tokens) {
    return McpConnection.open(parts.protectedMcpServer(), tokens.accessToken());
  }

  private static HttpResponse<String> refresh(SignedInClient client, Tokens tokens) {
    return client.flow().refresh(client.metadata(), client.id(), tokens.refreshToken());
  }

  private static void awaitStep() throws InterruptedException {
    if (!STEPS.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the client has not seen the step before");
    }
  }
}
