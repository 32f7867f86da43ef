package io.mcpoauth.runner.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** The sample server's tools that answer at once, and the list of all of them. */
final class SampleTools {
  static final String COUNTDOWN = "countdown";
  private static final double EXACT_INTEGERS = 1e15;

  private SampleTools() {}

  static ObjectNode list() {
    ObjectNode result = RpcMessages.object();
    ArrayNode tools = result.putArray("tools");
    tool(tools, "whoami", "Says who is signed in, as the proxy told this server.");
    ObjectNode add = tool(tools, "add", "Adds two numbers.");
    parameter(add, "a", "number", "The first number");
    parameter(add, "b", "number", "The second number");
    required(add, "a", "b");
    ObjectNode countdown = tool(tools, COUNTDOWN, "Counts down to zero and reports progress.");
    parameter(countdown, "n", "integer", "How many steps")
        .put("minimum", 1)
        .put("maximum", Countdown.MAX_STEPS);
    parameter(countdown, "stepMillis", "integer", "Milliseconds between two steps")
        .put("minimum", 1)
        .put("maximum", Countdown.MAX_STEP_MILLIS)
        .put("default", Countdown.DEFAULT_STEP_MILLIS);
    required(countdown, "n");
    return result;
  }

  /** Calls a tool; empty when there is none of that name. */
  static Optional<ObjectNode> call(String name, JsonNode arguments, HttpFields headers) {
    return switch (name) {
      case "whoami" -> Optional.of(whoami(headers));
      case "add" -> Optional.of(add(arguments.path("a"), arguments.path("b")));
      default -> Optional.empty();
    };
  }

  private static ObjectNode whoami(HttpFields headers) {
    ObjectNode data = RpcMessages.object();
    data.put("user", headers.get("X-Forwarded-User"));
    data.put("email", headers.get("X-Forwarded-Email"));
    data.put("name", headers.get("X-Forwarded-Name"));
    // Only whether it came: a provider's token has no business in a model's context.
    boolean accessToken = headers.contains("X-Forwarded-Access-Token");
    data.put("accessToken", accessToken);
    if (data.path("user").isNull()) {
      return RpcMessages.toolResult("Nobody: no X-Forwarded-User header came with this.", data);
    }
    String text =
        "%s <%s>, known as %s. %s of the sign-in provider came along."
            .formatted(
                data.path("name").asText("(no name)"),
                data.path("email").asText("no e-mail"),
                data.path("user").asText(),
                accessToken ? "An access token" : "No access token");
    return RpcMessages.toolResult(text, data);
  }

  private static ObjectNode add(JsonNode a, JsonNode b) {
    if (!a.isNumber() || !b.isNumber()) {
      return RpcMessages.toolError("add needs two numbers, a and b");
    }
    double sum = a.doubleValue() + b.doubleValue();
    boolean integer = sum == Math.rint(sum) && Math.abs(sum) < EXACT_INTEGERS;
    String text = integer ? Long.toString((long) sum) : Double.toString(sum);
    return RpcMessages.toolResult(text, RpcMessages.object().put("sum", sum));
  }

  private static ObjectNode tool(ArrayNode tools, String name, String description) {
    ObjectNode tool = tools.addObject().put("name", name).put("description", description);
    ObjectNode schema = tool.putObject("inputSchema").put("type", "object");
    schema.putObject("properties");
    return schema;
  }

  private static ObjectNode parameter(
      ObjectNode schema, String name, String type, String description) {
    return schema
        .withObject("properties")
        .putObject(name)
        .put("type", type)
        .put("description", description);
  }

  private static void required(ObjectNode schema, String... names) {
    ArrayNode required = schema.putArray("required");
    for (String name : names) {
      required.add(name);
    }
  }
}
