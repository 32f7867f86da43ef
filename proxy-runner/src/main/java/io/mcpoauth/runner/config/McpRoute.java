package io.mcpoauth.runner.config;

import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.servlet.forward.McpServer;
import io.mcpoauth.servlet.forward.McpServer.Capacity;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server as the operator names it.
 *
 * @param path where clients find it, below the issuer
 * @param url where it is; null where only the web server in front of it has to know
 * @param scopes what clients may ask for there; none stands for all that are supported
 * @param required what every request needs
 * @param capacity how many requests it may have at a time
 * @param passed what it is told about the user with each request, besides who it is
 */
public record McpRoute(
    String path,
    @Nullable URI url,
    Scopes scopes,
    Scopes required,
    Capacity capacity,
    Passed passed) {

  /** Where clients find the MCP server when there is one alone. */
  public static final String STANDARD_PATH = "/mcp";

  /**
   * What goes to an MCP server with each request.
   *
   * @param providerToken whether it is given the provider's access token
   * @param identityToken whether it is given a signed identity token
   */
  record Passed(boolean providerToken, boolean identityToken) {}

  /** One at the usual path, with all scopes, that is given the provider's access token. */
  public static McpRoute standard(URI url) {
    return standard(url, Capacity.standard(), new Passed(true, false));
  }

  static McpRoute standard(@Nullable URI url, Capacity capacity, Passed passed) {
    return new McpRoute(STANDARD_PATH, url, Scopes.none(), Scopes.none(), capacity, passed);
  }

  /** The same with what was left open filled in. */
  McpServer at(URI issuer, Scopes supported) {
    return new McpServer(
        new ProtectedResource(
            ResourceUri.parse(issuer + path).orElseThrow(),
            scopes.isEmpty() ? supported : scopes,
            required),
        url == null ? URI.create(issuer + path) : url,
        passed.providerToken(),
        passed.identityToken(),
        capacity);
  }
}
