package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.servlet.internal.forward.HeaderNames;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The field {@code Mcp-Session-Id} of MCP's revisions of 2025, on its way in and out: whoever
 * learns a session's id must not get into the session with a token of their own (RS-27).
 */
record McpSession(AuthorizationServer server, Granted granted, ProtectedResource resource) {

  private static final String FIELD = "Mcp-Session-Id";
  private static final String FOLDED = "mcp-session-id";

  /** The fields with the id as the server knows it; empty when the session is somebody else's. */
  Optional<List<HeaderField>> toServer(List<HeaderField> inbound) {
    List<HeaderField> ids = inbound.stream().filter(McpSession::isId).toList();
    if (ids.isEmpty()) {
      return Optional.of(inbound);
    }
    if (ids.size() > 1) {
      return Optional.empty();
    }
    return server
        .untieSession(granted, resource, ids.get(0).value())
        .map(
            id -> {
              List<HeaderField> fields = new ArrayList<>(inbound);
              fields.removeIf(McpSession::isId);
              fields.add(new HeaderField(FIELD, id));
              return fields;
            });
  }

  /** The field as the client may see it. */
  HeaderField toClient(HeaderField field) {
    return isId(field)
        ? new HeaderField(FIELD, server.tieSession(granted, resource, field.value()))
        : field;
  }

  /** In every spelling that some server could take for it (HS-03). */
  private static boolean isId(HeaderField field) {
    return HeaderNames.fold(field.name()).equals(FOLDED);
  }
}
