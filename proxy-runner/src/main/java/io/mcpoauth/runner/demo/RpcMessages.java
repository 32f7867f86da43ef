package io.mcpoauth.runner.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the JSON-RPC messages that the sample server sends. */
final class RpcMessages {
  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;
  static final int METHOD_NOT_FOUND = -32601;
  static final int INVALID_PARAMS = -32602;
  static final int UNSUPPORTED_VERSION = -32022;

  private RpcMessages() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode result(RpcRequest request, ObjectNode result) {
    if (request.isStateless()) {
      result.put("resultType", "complete");
    }
    ObjectNode message = message();
    message.set("id", request.id());
    message.set("result", result);
    return message;
  }

  static ObjectNode error(JsonNode id, int code, String text) {
    ObjectNode message = message();
    message.set("id", id);
    message.putObject("error").put("code", code).put("message", text);
    return message;
  }

  static ObjectNode progress(JsonNode token, int progress, int total, String text) {
    ObjectNode message = message();
    message.put("method", "notifications/progress");
    ObjectNode params = message.putObject("params");
    params.set("progressToken", token);
    params.put("progress", progress).put("total", total).put("message", text);
    return message;
  }

  /** A tool's answer as text, for the model, and as data, for programs. */
  static ObjectNode toolResult(String text, ObjectNode data) {
    ObjectNode result = object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    result.set("structuredContent", data);
    return result;
  }

  static ObjectNode toolError(String text) {
    ObjectNode result = object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    return result.put("isError", true);
  }

  private static ObjectNode message() {
    return object().put("jsonrpc", "2.0");
  }
}
