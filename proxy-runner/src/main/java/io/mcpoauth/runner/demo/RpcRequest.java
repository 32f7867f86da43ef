package io.mcpoauth.runner.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A JSON-RPC request. From revision 2026-07-28 on, each request carries its protocol version in
 * {@code _meta}, and there is no handshake.
 *
 * @param id as the client sent it: text or number
 * @param params missing when the client sent none
 */
record RpcRequest(JsonNode id, String method, JsonNode params) {
  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";

  boolean isStateless() {
    return !version().isEmpty();
  }

  /** The version in {@code _meta}, or an empty text. */
  String version() {
    return params.path("_meta").path(VERSION).asText("");
  }

  JsonNode progressToken() {
    return params.path("_meta").path("progressToken");
  }

  String toolName() {
    return params.path("name").asText("");
  }

  JsonNode arguments() {
    return params.path("arguments");
  }
}
