package io.mcpoauth.examples.springboot;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application's own MCP endpoint, on the servlet of the official SDK, with one tool. */
@Configuration(proxyBeanMethods = false)
class NotesEndpoint {

  private static final String USER = "user";
  private static final Map<String, Object> TEXT_ARGUMENT =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("text", Map.of("type", "string")),
          "required",
          List.of("text"));

  @Bean
  HttpServletStreamableServerTransportProvider mcpTransport() {
    return HttpServletStreamableServerTransportProvider.builder()
        .mcpEndpoint("/mcp")
        .contextExtractor(
            request -> McpTransportContext.create(Map.of(USER, request.getRemoteUser())))
        .build();
  }

  @Bean
  ServletRegistrationBean<HttpServletStreamableServerTransportProvider> mcpServlet(
      HttpServletStreamableServerTransportProvider transport) {
    return new ServletRegistrationBean<>(transport, "/mcp");
  }

  @Bean(destroyMethod = "closeGracefully")
  McpSyncServer mcpServer(
      HttpServletStreamableServerTransportProvider transport, JdbcClient database) {
    Tool note =
        Tool.builder("note", TEXT_ARGUMENT).description("Keeps a note for its user").build();
    return McpServer.sync(transport)
        .serverInfo("notes", "1.0.0")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .tools(
            new SyncToolSpecification(
                note,
                (exchange, call) ->
                    keep(
                        database,
                        (String) exchange.transportContext().get(USER),
                        String.valueOf(call.arguments().get("text")))))
        .build();
  }

  private static CallToolResult keep(JdbcClient database, String user, String text) {
    database.sql("insert into notes (owner, text) values (?, ?)").params(user, text).update();
    int count =
        database
            .sql("select count(*) from notes where owner = ?")
            .param(user)
            .query(Integer.class)
            .single();
    return CallToolResult.builder().addTextContent(user + " has notes: " + count).build();
  }
}
