package io.mcpoauth.servlet.forward;

import io.mcpoauth.servlet.internal.forward.ReturnedHeaders;
import io.mcpoauth.servlet.internal.forward.ReturnedUrls;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;

/**
 * What clients see on the way back: the MCP server's response, or ours in its place. Ours are
 * JSON-RPC error objects, which MCP clients can read as well as people.
 *
 * @param added the fields that every answer to this request gets
 */
record ProxyAnswers(ReturnedUrls urls, McpSession session, List<HeaderField> added)
    implements GateOutcome.ReturnPolicy {

  @Override
  public List<HeaderField> toClient(int status, List<HeaderField> upstream) {
    List<HeaderField> fields = new ArrayList<>(upstream.size() + added.size());
    ReturnedHeaders.toClient(status, upstream, urls)
        .forEach(field -> fields.add(session.toClient(field)));
    fields.addAll(added);
    return fields;
  }

  @Override
  public Answer unreachable() {
    return error(502, "The MCP server cannot be reached.").with(added);
  }

  @Override
  public Answer timedOut() {
    return error(504, "The MCP server did not answer in time.").with(added);
  }

  @Override
  public Answer unreadable() {
    return error(400, "The body of the request is malformed.").with(added);
  }

  /** MCP transports, "Security Warning": an Origin that is not allowed is answered 403 (RS-14). */
  static Answer forbiddenOrigin() {
    return error(403, "This Origin is not allowed.");
  }

  static Answer ambiguousUrl() {
    return error(400, "The URL has parts that servers could read differently.");
  }

  /** A JSON-RPC error without id, since the request was not read. The message needs no escaping. */
  static Answer error(int status, String message) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"%s\"},\"id\":null}";
    return Answer.json(status, body.formatted(message)).notStored();
  }
}
