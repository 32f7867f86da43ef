package io.mcpoauth.runner.command;

import io.mcpoauth.runner.config.DemoConfig;
import io.mcpoauth.runner.config.McpRoute;
import java.net.URI;

/** What demo mode says when it is up. */
final class DemoBanner {

  private static final String TEXT =
      """

      MCP OAuth Proxy - demo mode. For trying out, not for production: anybody on this machine
      can sign in, without a password.

        MCP server, through the proxy   %1$s
        Authorization server metadata   %2$s/.well-known/oauth-authorization-server
        Demo sign-in                    http://%3$s:%4$d
        Sample MCP server, unprotected  http://%3$s:%5$d/mcp
        Data                            %6$s

      Connect a client, and sign in as one of the demo users when your browser opens:

        Claude Code    claude mcp add --transport http demo %1$s
        VS Code        code --add-mcp '{"name":"demo","type":"http","url":"%1$s"}'
        MCP Inspector  npx @modelcontextprotocol/inspector
                       (transport: Streamable HTTP, URL: %1$s)

      Stop with Ctrl-C. Started again, everything that was granted is still there.
      """;

  private DemoBanner() {}

  static String of(DemoConfig config, URI issuer) {
    return TEXT.formatted(
        issuer + McpRoute.STANDARD_PATH,
        issuer,
        config.address().host().getHostAddress(),
        config.providerPort(),
        config.mcpServerPort(),
        config.folder().toAbsolutePath().normalize());
  }
}
