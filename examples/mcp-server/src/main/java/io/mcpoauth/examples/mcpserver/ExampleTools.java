package io.mcpoauth.examples.mcpserver;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The tools. They are written as if there were no OAuth. */
final class ExampleTools {

  private static final int MAX_STEPS = 100;

  private final Pace pace;

  ExampleTools(Pace pace) {
    this.pace = pace;
  }

  List<SyncToolSpecification> all() {
    return List.of(
        new SyncToolSpecification(
            tool("whoami", "Says who is signed in", Map.of()),
            (exchange, call) -> whoami(exchange)),
        new SyncToolSpecification(
            tool("add", "Adds two numbers", Map.of("a", number(), "b", number())),
            (exchange, call) -> add(call)),
        new SyncToolSpecification(
            tool("countdown", "Counts down and reports progress", Map.of("n", steps())),
            this::countdown));
  }

  private static CallToolResult whoami(McpSyncServerExchange exchange) {
    return Caller.in(exchange.transportContext())
        .map(
            caller ->
                "user: %s, e-mail: %s, name: %s, access token: %s"
                    .formatted(
                        caller.user(),
                        caller.email(),
                        caller.name(),
                        // The token itself has no business in a model's context.
                        caller.accessToken() ? "yes" : "no"))
        .map(ExampleTools::text)
        .orElseGet(() -> text("nobody: this request did not come through the proxy"));
  }

  private static CallToolResult add(CallToolRequest request) {
    return text(argument(request, "a").add(argument(request, "b")).toPlainString());
  }

  private CallToolResult countdown(McpSyncServerExchange exchange, CallToolRequest request) {
    int steps = argument(request, "n").intValueExact();
    Object token = request.meta() == null ? null : request.meta().get("progressToken");
    try {
      for (int step = 1; step <= steps; step++) {
        pace.await();
        if (token != null) {
          exchange.progressNotification(
              ProgressNotification.builder(token, step)
                  .total((double) steps)
                  .message("%d to go".formatted(steps - step))
                  .build());
        }
      }
      return text("Lift-off after %d steps".formatted(steps));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CallToolResult.builder().addTextContent("The server stops").isError(true).build();
    }
  }

  /** The SDK has checked the arguments against the schema. */
  private static BigDecimal argument(CallToolRequest request, String name) {
    return new BigDecimal(String.valueOf(request.arguments().get(name)));
  }

  private static Tool tool(String name, String description, Map<String, Object> properties) {
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            properties,
            "required",
            List.copyOf(properties.keySet()));
    return Tool.builder(name, schema).description(description).build();
  }

  private static Map<String, Object> number() {
    return Map.of("type", "number");
  }

  private static Map<String, Object> steps() {
    return Map.of("type", "integer", "minimum", 1, "maximum", MAX_STEPS);
  }

  private static CallToolResult text(String text) {
    return CallToolResult.builder().addTextContent(text).build();
  }
}
