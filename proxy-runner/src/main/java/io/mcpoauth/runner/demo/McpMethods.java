package io.mcpoauth.runner.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/** The methods of MCP that the sample server knows, in the revisions that it speaks. */
final class McpMethods {
  private static final String STATELESS = "2026-07-28";
  private static final List<String> HANDSHAKE = List.of("2025-11-25", "2025-06-18", "2025-03-26");

  private McpMethods() {}

  /** An empty version is that of a client which names none. */
  static boolean isSupported(String version) {
    return version.isEmpty() || version.equals(STATELESS) || HANDSHAKE.contains(version);
  }

  static ObjectNode unsupported(RpcRequest call, String version) {
    ObjectNode error =
        RpcMessages.error(
            call.id(), RpcMessages.UNSUPPORTED_VERSION, "Unsupported protocol version");
    ObjectNode data = error.withObject("error").putObject("data").put("requested", version);
    versions(data.putArray("supported"));
    return error;
  }

  static ObjectNode answer(RpcRequest call, HttpFields headers) {
    return switch (call.method()) {
      case "initialize" -> RpcMessages.result(call, initialize(call));
      case "server/discover" -> RpcMessages.result(call, discover());
      case "ping" -> RpcMessages.result(call, RpcMessages.object());
      case "tools/list" -> RpcMessages.result(call, listTools(call));
      case "tools/call" -> callTool(call, headers);
      default ->
          RpcMessages.error(
              call.id(), RpcMessages.METHOD_NOT_FOUND, "Method not found: " + call.method());
    };
  }

  private static ObjectNode initialize(RpcRequest call) {
    String wanted = call.params().path("protocolVersion").asText();
    ObjectNode result = RpcMessages.object();
    result.put("protocolVersion", HANDSHAKE.contains(wanted) ? wanted : HANDSHAKE.get(0));
    result.putObject("capabilities").putObject("tools");
    result.set("serverInfo", serverInfo());
    return result;
  }

  private static ObjectNode discover() {
    ObjectNode result = RpcMessages.object();
    versions(result.putArray("supportedVersions"));
    result.putObject("capabilities").putObject("tools");
    result.putObject("_meta").set("io.modelcontextprotocol/serverInfo", serverInfo());
    return cacheable(result);
  }

  private static ObjectNode listTools(RpcRequest call) {
    return call.isStateless() ? cacheable(SampleTools.list()) : SampleTools.list();
  }

  private static ObjectNode callTool(RpcRequest call, HttpFields headers) {
    Optional<ObjectNode> result = SampleTools.call(call.toolName(), call.arguments(), headers);
    return result.isPresent()
        ? RpcMessages.result(call, result.get())
        : RpcMessages.error(call.id(), RpcMessages.INVALID_PARAMS, "Unknown tool");
  }

  private static ObjectNode cacheable(ObjectNode result) {
    return result.put("ttlMs", 0).put("cacheScope", "public");
  }

  private static ObjectNode serverInfo() {
    return RpcMessages.object().put("name", "sample-mcp-server").put("version", "1");
  }

  private static void versions(ArrayNode versions) {
    versions.add(STATELESS);
    HANDSHAKE.forEach(versions::add);
  }
}
