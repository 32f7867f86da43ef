package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a request and the MCP server. */
class McpAccessTest extends WireTest {

  private final App app = App.register(proxy);
  private final App.Tokens tokens = app.tokens();

  McpAccessTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void nothingThatIsNoAccessTokenReachesTheServer_RS05_MCP20_MCP22_MCP62() {
    String code = app.code();
    int calls = proxy.mcpServer.calls();
    List<String> wrong =
        List.of("", "x", code, tokens.refresh(), app.id(), tokens.access() + "x", "e30.e30.e30");

    for (String token : wrong) {
      assertThat(wire.mcp(token).statusCode()).isEqualTo(401);
    }
    assertThat(wire.post("/mcp", Wire.JSON, "{}").statusCode()).isEqualTo(401);
    assertThat(wire.post("/mcp?access_token=" + tokens.access(), Wire.JSON, "{}").statusCode())
        .isEqualTo(401);
    assertThat(proxy.mcpServer.calls()).isEqualTo(calls);
  }

  @Test
  void eachRequestOfAConnectionNeedsItsToken_MCP17() throws IOException {
    String request = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n";
    String authorization = "Authorization: Bearer " + tokens.access() + "\r\n";
    assertThat(app.isLetIn(tokens.access())).isTrue();
    try (RawClient client = new RawClient(proxy.one.port())) {
      client.send(request + authorization + "\r\n");
      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
      client.send(request + "Connection: close\r\n\r\n");
      assertThat(client.readAll()).contains("HTTP/1.1 401");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void methodsOfTheTransportReachTheServer_MCP79(String method) {
    assertThat(app.isLetIn(tokens.access())).isTrue();
    int calls = proxy.mcpServer.calls();

    int status =
        wire.send(
                HttpRequest.newBuilder(proxy.one.uri("/mcp"))
                    .method(method, BodyPublishers.noBody()),
                "Authorization",
                "Bearer " + tokens.access())
            .statusCode();

    assertThat(status).isEqualTo(200);
    assertThat(proxy.mcpServer.calls()).isEqualTo(calls + 1);
  }
}
