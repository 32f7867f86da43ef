package io.mcpoauth.servlet.flow;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The official Java SDK's client, connected to an MCP server with a bearer token. */
public final class McpConnection implements AutoCloseable {

  private final McpSyncClient client;

  private McpConnection(McpSyncClient client) {
    this.client = client;
  }

  public static McpConnection open(URI mcpServer, String accessToken) {
    return open(mcpServer, accessToken, progress -> {});
  }

  /**
   * Connects and initializes.
   *
   * @param progress is given the message of each progress notification as it comes
   */
  public static McpConnection open(URI mcpServer, String accessToken, Consumer<String> progress) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(mcpServer.resolve("/").toString())
            .endpoint(mcpServer.getRawPath())
            .addHttpRequestCustomizer(
                (request, method, uri, body, context) ->
                    request.setHeader("Authorization", "Bearer " + accessToken))
            .build();
    McpSyncClient client =
        McpClient.sync(transport)
            .progressConsumer(notification -> progress.accept(notification.message()))
            .build();
    client.initialize();
    return new McpConnection(client);
  }

  public List<String> tools() {
    return client.listTools().tools().stream().map(Tool::name).toList();
  }

  /** Calls a tool; answers with the text of its result. */
  public String call(String tool, Map<String, Object> arguments) {
    CallToolRequest request =
        CallToolRequest.builder(tool).arguments(arguments).progressToken(tool).build();
    return ((TextContent) client.callTool(request).content().get(0)).text();
  }

  @Override
  public void close() {
    client.closeGracefully();
  }
}
