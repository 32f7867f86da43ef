package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import io.mcpoauth.servlet.flow.SignInProvider;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a flow needs to go on is in the database and the browser. */
class RestartTest {

  private final RealParts parts = RealParts.start(() -> {});

  @AfterEach
  void stop() {
    parts.close();
  }

  @Test
  void theFlowGoesOnWhenTheProxyIsKilledBetweenAnyTwoSteps(@TempDir Path folder) {
    Steps steps = new Steps(() -> RunningInstance.asProcess(parts, folder.resolve("proxy.log")));
    FlowDriver flow = new FlowDriver(parts.protectedMcpServer());
    ScriptedBrowser browser = new ScriptedBrowser();
    URI resourceMetadata = steps.next(flow::challenge);
    URI issuer = steps.next(() -> flow.authorizationServer(resourceMetadata));
    JsonNode metadata = steps.next(() -> flow.serverMetadata(issuer));
    String id = steps.next(() -> flow.register(metadata, "End-to-end test"));
    Hop consent = steps.next(() -> browser.open(flow.authorizationRequest(metadata, id)));
    Hop approved = steps.next(() -> browser.press(consent, "Continue with"));
    Hop signedIn = SignInProvider.signIn(browser, browser.follow(approved));
    Hop answered = steps.next(() -> browser.open(signedIn.location()));
    String code = flow.code(metadata, id, answered.location());
    Tokens first = steps.next(() -> flow.exchange(metadata, id, code));
    assertThat(steps.next(() -> add(first))).isEqualTo("42");
    Tokens second =
        steps.next(() -> FlowDriver.tokens(flow.refresh(metadata, id, first.refreshToken())));
    Tokens repeated =
        steps.next(() -> FlowDriver.tokens(flow.refresh(metadata, id, first.refreshToken())));
    assertThat(repeated.refreshToken()).isEqualTo(second.refreshToken());
    assertThat(steps.next(() -> add(second))).isEqualTo("42");
    steps.next(
        () -> {
          flow.revoke(metadata, id, second.refreshToken());
          return id;
        });
    steps.next(
        () -> {
          await()
              .atMost(Duration.ofSeconds(2))
              .until(() -> flow.callMcp(second.accessToken()).statusCode() == 401);
          return id;
        });
  }

  @Test
  void grantsOutliveAProxyThatStopsInOrder() {
    Steps steps = new Steps(() -> RunningInstance.inProcess(parts));
    SignedInClient client = steps.next(() -> SignedInClient.of(parts.protectedMcpServer()));
    assertThat(steps.next(() -> add(client.tokens()))).isEqualTo("42");
    String refreshToken = client.tokens().refreshToken();
    Tokens next =
        steps.next(
            () ->
                FlowDriver.tokens(
                    client.flow().refresh(client.metadata(), client.id(), refreshToken)));
    assertThat(steps.next(() -> add(next))).isEqualTo("42");
  }

  private String add(Tokens tokens) {
    try (McpConnection mcp = McpConnection.open(parts.protectedMcpServer(), tokens.accessToken())) {
      return mcp.call("add", Map.of("a", 19, "b", 23));
    }
  }

  /** Each step meets a proxy that has just started and never sees another. */
  private record Steps(Supplier<RunningInstance> start) {

    <T> T next(Supplier<T> step) {
      try (RunningInstance instance = start.get()) {
        assertThat(instance).isNotNull();
        return step.get();
      }
    }
  }
}
