package io.mcpoauth.examples.tomcat;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.servlet.filter.BearerFilter;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The application's own MCP endpoint, on the servlet of the official SDK, with one tool. */
public final class McpEndpoint extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String CALLER = "caller";

  private final transient HttpServletStreamableServerTransportProvider transport =
      HttpServletStreamableServerTransportProvider.builder()
          .mcpEndpoint("/mcp")
          .contextExtractor(McpEndpoint::caller)
          .build();

  private final transient McpSyncServer mcp =
      McpServer.sync(transport)
          .serverInfo("tomcat-example", "1.0.0")
          .capabilities(ServerCapabilities.builder().tools(false).build())
          .tools(whoami())
          .build();

  // snippet: caller
  /** What any servlet behind the filter can ask: the user, the scopes, and the whole decision. */
  private static McpTransportContext caller(HttpServletRequest request) {
    Granted granted = (Granted) request.getAttribute(BearerFilter.GRANTED);
    String text =
        "user %s, principal %s, e-mail %s, may read mail %s, is administrator %s, client known %s"
            .formatted(
                request.getRemoteUser(),
                request.getUserPrincipal().getName(),
                granted.user().email(),
                request.isUserInRole("email"),
                request.isUserInRole("admin"),
                !granted.clientId().isEmpty());
    return McpTransportContext.create(Map.of(CALLER, text));
  }

  // end snippet: caller

  private static SyncToolSpecification whoami() {
    Map<String, Object> noArguments = Map.of("type", "object");
    return new SyncToolSpecification(
        Tool.builder("whoami", noArguments).description("Says who is signed in").build(),
        (exchange, call) ->
            CallToolResult.builder()
                .addTextContent((String) exchange.transportContext().get(CALLER))
                .build());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    transport.service(request, response);
  }

  @Override
  public void destroy() {
    mcp.closeGracefully();
  }
}
