package io.mcpoauth.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExampleMcpServerTest {

  private final ExampleMcpServer server = ExampleMcpServer.start(0, () -> {});
  private final List<String> progress = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void toolsAreListedAndCalled() {
    try (McpSyncClient client = connect(Map.of())) {
      assertThat(client.listTools().tools())
          .extracting(Tool::name)
          .containsExactlyInAnyOrder("whoami", "add", "countdown");
      assertThat(call(client, "add", Map.of("a", 2, "b", 40.5))).isEqualTo("42.5");
    }
  }

  @Test
  void whoamiSaysWhatTheProxyToldAndKeepsTheTokenToItself() {
    Map<String, String> told =
        Map.of(
            "X-Forwarded-User", "u-1",
            "X-Forwarded-Email", "zoe+mcp@example.com",
            "X-Forwarded-Name", "Zo%C3%AB",
            "X-Forwarded-Access-Token", "t0ps3cret");
    try (McpSyncClient client = connect(told)) {
      assertThat(call(client, "whoami", Map.of()))
          .isEqualTo("user: u-1, e-mail: zoe+mcp@example.com, name: Zoë, access token: yes");
    }
    try (McpSyncClient client = connect(Map.of())) {
      assertThat(call(client, "whoami", Map.of())).startsWith("nobody");
    }
  }

  @Test
  void countdownReportsProgressAndThenTheResult() {
    try (McpSyncClient client = connect(Map.of())) {
      assertThat(call(client, "countdown", Map.of("n", 3))).isEqualTo("Lift-off after 3 steps");
    }
    assertThat(progress).containsExactly("2 to go", "1 to go", "0 to go");
  }

  private McpSyncClient connect(Map<String, String> headers) {
    URI endpoint = server.endpoint();
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(endpoint.resolve("/").toString())
            .endpoint("/mcp")
            .addHttpRequestCustomizer(
                (request, method, uri, body, context) -> headers.forEach(request::setHeader))
            .build();
    McpSyncClient client =
        McpClient.sync(transport)
            .progressConsumer(notification -> progress.add(notification.message()))
            .build();
    client.initialize();
    return client;
  }

  private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    CallToolRequest request =
        CallToolRequest.builder(tool).arguments(arguments).progressToken("p").build();
    TextContent text = (TextContent) client.callTool(request).content().get(0);
    return text.text();
  }
}
