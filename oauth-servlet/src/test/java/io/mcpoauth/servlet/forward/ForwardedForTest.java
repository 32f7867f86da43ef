package io.mcpoauth.servlet.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.limit.TrustedProxies;
import io.mcpoauth.servlet.message.HeaderField;
import java.net.URI;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What MCP servers are told of where a request comes from. */
class ForwardedForTest {

  private final AuthorizationServer server = TestServer.at(URI.create("http://localhost:1"));
  private final String token = TestServer.accessToken(server).expose();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void strangersWordIsReplacedByThePeer_HS19() {
    assertThat(forwardedFor(TrustedProxies.none())).containsExactly("127.0.0.1");
  }

  @Test
  void trustedProxysWordCounts_HS19() {
    assertThat(forwardedFor(TrustedProxies.of(List.of("127.0.0.1"))))
        .containsExactly("203.0.113.1");
  }

  private List<String> forwardedFor(TrustedProxies proxies) {
    McpGate gate =
        new McpGate(
            server,
            List.of(
                new McpServer(
                    server.settings().resources().get(0),
                    URI.create("http://localhost:2"),
                    true,
                    false)),
            AllowedOrigins.any(),
            SecretSource.system(),
            proxies);
    InboundRequest request =
        new InboundRequest(
            "POST",
            "/mcp",
            null,
            List.of(
                new HeaderField("Authorization", "Bearer " + token),
                new HeaderField("X-Forwarded-For", "1.2.3.4, 203.0.113.1")),
            "127.0.0.1");
    GateOutcome outcome =
        Awaitility.await().until(() -> gate.admit(request), GateOutcome.Forward.class::isInstance);
    return ((GateOutcome.Forward) outcome)
        .headers().stream()
            .filter(field -> field.name().equals("X-Forwarded-For"))
            .map(HeaderField::value)
            .toList();
  }
}
