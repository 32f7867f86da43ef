package io.mcpoauth.examples.mcpserver;

import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as the proxy says. The proxy removes these headers from what clients send and
 * sets them itself; this server believes them because nobody but the proxy can reach it.
 *
 * @param user the stable id of the user at the sign-in provider
 * @param accessToken whether the provider's access token came along
 */
record Caller(String user, @Nullable String email, @Nullable String name, boolean accessToken) {

  private static final String KEY = "caller";

  // snippet: caller
  /** Takes the caller out of the HTTP request, into what the SDK hands to the tools. */
  static McpTransportContext context(HttpServletRequest request) {
    String user = header(request, "X-Forwarded-User");
    if (user == null) {
      return McpTransportContext.EMPTY;
    }
    String email = header(request, "X-Forwarded-Email");
    String name = header(request, "X-Forwarded-Name");
    boolean accessToken = request.getHeader("X-Forwarded-Access-Token") != null;
    return McpTransportContext.create(Map.of(KEY, new Caller(user, email, name, accessToken)));
  }

  // end snippet: caller

  /** The caller of a tool; empty when the request did not come through the proxy. */
  static Optional<Caller> in(McpTransportContext context) {
    return Optional.ofNullable((Caller) context.get(KEY));
  }

  // snippet: header
  /** The proxy percent-encodes what is not plain ASCII; a plus sign stands for itself. */
  private static @Nullable String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null
        ? null
        : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
  // end snippet: header
}
