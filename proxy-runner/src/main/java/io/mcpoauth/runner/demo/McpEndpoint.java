package io.mcpoauth.runner.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/** The streamable HTTP transport of MCP: one JSON-RPC message in each POST, no sessions. */
final class McpEndpoint extends Handler.Abstract.NonBlocking {
  static final String PATH = "/mcp";
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger runningCountdowns = new AtomicInteger();

  int runningCountdowns() {
    return runningCountdowns.get();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).equals(PATH)) {
      return false;
    }
    if (!isLocalOrigin(request.getHeaders().get(HttpHeader.ORIGIN))) {
      Answers.empty(response, callback, HttpStatus.FORBIDDEN_403);
      return true;
    }
    if (!request.getMethod().equals("POST")) {
      response.getHeaders().put(HttpHeader.ALLOW, "POST");
      Answers.empty(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return true;
    }
    Content.Source.asByteArrayAsync(
        request,
        MAX_BODY_BYTES,
        Promise.Invocable.<byte[]>from(
            InvocationType.NON_BLOCKING,
            body -> receive(body, request, response, callback),
            failure -> Response.writeError(request, response, callback, failure)));
    return true;
  }

  private void receive(byte[] body, Request request, Response response, Callback callback) {
    JsonNode message = parse(body);
    if (message.isMissingNode()) {
      refuse(response, callback, RpcMessages.PARSE_ERROR, "The body is not JSON");
    } else if (!message.path("jsonrpc").asText().equals("2.0")) {
      refuse(
          response,
          callback,
          RpcMessages.INVALID_REQUEST,
          "The body is not one JSON-RPC 2.0 message");
    } else if (!message.has("method") || !message.has("id")) {
      // A response or a notification: there is nothing to say.
      Answers.empty(response, callback, HttpStatus.ACCEPTED_202);
    } else {
      RpcRequest call =
          new RpcRequest(
              message.path("id"), message.path("method").asText(), message.path("params"));
      answer(call, request, response, callback);
    }
  }

  private void answer(RpcRequest call, Request request, Response response, Callback callback) {
    String version = version(call, request);
    if (!call.method().equals("initialize") && !McpMethods.isSupported(version)) {
      Answers.json(
          response, callback, HttpStatus.BAD_REQUEST_400, McpMethods.unsupported(call, version));
      return;
    }
    if (call.method().equals("tools/call") && call.toolName().equals(SampleTools.COUNTDOWN)) {
      if (Countdown.accepts(call.arguments())) {
        Countdown.start(call, request, response, callback, runningCountdowns);
        return;
      }
      ObjectNode refusal = RpcMessages.toolError("n or stepMillis is missing or out of range");
      Answers.json(response, callback, HttpStatus.OK_200, RpcMessages.result(call, refusal));
      return;
    }
    ObjectNode answer = McpMethods.answer(call, request.getHeaders());
    boolean unknownMethod =
        answer.path("error").path("code").asInt() == RpcMessages.METHOD_NOT_FOUND;
    int status = unknownMethod && call.isStateless() ? HttpStatus.NOT_FOUND_404 : HttpStatus.OK_200;
    Answers.json(response, callback, status, answer);
  }

  /** Older clients name the version in the header alone, and the oldest not at all. */
  private static String version(RpcRequest call, Request request) {
    String header = request.getHeaders().get("MCP-Protocol-Version");
    return call.isStateless() || header == null ? call.version() : header;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException malformed) {
      return MissingNode.getInstance();
    }
  }

  private static boolean isLocalOrigin(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    try {
      String host = URI.create(origin).getHost();
      return host != null && LoopbackServer.isLocalName(host);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static void refuse(Response response, Callback callback, int code, String text) {
    ObjectNode error = RpcMessages.error(NullNode.getInstance(), code, text);
    Answers.json(response, callback, HttpStatus.BAD_REQUEST_400, error);
  }
}
