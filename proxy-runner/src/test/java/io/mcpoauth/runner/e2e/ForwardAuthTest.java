package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.jdbc.Needed;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.contract.RawUpstream;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mode {@code forward_auth}, behind the configuration for nginx that the guide shows. */
class ForwardAuthTest {

  private static final Path CONFIGURATION = Path.of("..", "examples", "forward-auth", "nginx.conf");

  private final HttpCalls http = new HttpCalls();
  private final RealParts parts = RealParts.start(() -> {});
  private final int ports = FreePorts.next(3);
  private final URI site = URI.create("http://localhost:" + ports);
  private final URI mcp = site.resolve("/mcp");
  private final URI asked = URI.create("http://localhost:" + (ports + 2) + "/mcp");
  private final Path folder;
  private RunningInstance proxy;
  private @Nullable Nginx nginx;

  ForwardAuthTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() {
    proxy =
        RunningInstance.inProcess(
            parts,
            Map.of(
                "MODE", "forward_auth",
                "BASE_URL", site.toString(),
                "PORT", String.valueOf(ports + 1),
                "FORWARD_AUTH_PORT", String.valueOf(ports + 2),
                "MCP_SERVER_URL", ""));
  }

  @AfterEach
  void stop() {
    if (nginx != null) {
      nginx.close();
    }
    proxy.close();
    parts.close();
  }

  @Test
  void everybodysPortForwardsNothingAndTellsNoWebServerAnything_S21() {
    URI everybody = URI.create("http://localhost:" + (ports + 1));

    assertThat(http.get(everybody.resolve("/mcp")).statusCode()).isEqualTo(404);
    assertThat(http.get(everybody.resolve("/health")).statusCode()).isEqualTo(200);
    assertThat(http.get(asked).statusCode()).isEqualTo(401);
    assertThat(http.get(asked.resolve("/token")).statusCode()).isEqualTo(404);
  }

  @Test
  void clientSignsInAndCallsToolsBehindNginx_S21_RS11() throws Exception {
    startNginx(parts.mcpServer());
    SignedInClient client = SignedInClient.of(mcp);
    String token = client.tokens().accessToken();
    try (McpConnection connection = McpConnection.open(mcp, token)) {
      assertThat(connection.call("whoami", Map.of())).contains("zoe-1", "zoe@example.com");
    }
    client.flow().revoke(client.metadata(), client.id(), client.tokens().refreshToken());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(client.flow().callMcp(token).statusCode()).isEqualTo(401));
  }

  @Test
  void mcpServerBehindNginxSeesWhatTheProxySaysAndNoToken_HS01_RS11() throws Exception {
    try (RawUpstream mcpServer = new RawUpstream()) {
      startNginx(mcpServer.url(""));
      String token = SignedInClient.of(mcp).tokens().accessToken();
      CompletableFuture<HttpResponse<String>> answer =
          CompletableFuture.supplyAsync(
              () ->
                  http.send(
                      HttpRequest.newBuilder(mcp)
                          .header("Authorization", "Bearer " + token)
                          .header("Cookie", "a=b")
                          .header("X-Forwarded-User", "mallory")
                          .header("X-Forwarded-Identity", "mallory")));
      RawUpstream.Call call = mcpServer.next();
      call.body();
      call.answer("204 No Content", "", new byte[0]);

      assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
      assertThat(call.values("X-Forwarded-User")).containsExactly("zoe-1");
      assertThat(call.values("X-Forwarded-Email")).containsExactly("zoe@example.com");
      assertThat(call.values("X-Forwarded-Access-Token")).hasSize(1);
      assertThat(call.values("X-Forwarded-Identity")).isEmpty();
      assertThat(call.values("Authorization")).isEmpty();
      assertThat(call.values("Cookie")).isEmpty();
    }
  }

  @Test
  void outageBehindNginxIsNever401_RS10() throws Exception {
    startNginx(parts.mcpServer());
    SignedInClient client = SignedInClient.of(mcp);
    proxy.close();

    assertThat(client.flow().callMcp(client.tokens().accessToken()).statusCode()).isEqualTo(503);
  }

  private void startNginx(URI mcpServer) throws Exception {
    Needed.orSkip(Nginx.program().isPresent(), "needs nginx");
    nginx =
        Nginx.start(
            Nginx.program().orElseThrow(),
            CONFIGURATION,
            Map.of(
                "listen 443 ssl;", "listen 127.0.0.1:" + ports + ";",
                "127.0.0.1:8080", "127.0.0.1:" + (ports + 1),
                "127.0.0.1:8081", "127.0.0.1:" + (ports + 2),
                "127.0.0.1:9000", "127.0.0.1:" + mcpServer.getPort()),
            folder);
    RunningInstance.awaitReady(site);
  }
}
