package io.mcpoauth.runner.e2e;

import io.mcpoauth.examples.mcpserver.ExampleMcpServer;
import io.mcpoauth.examples.mcpserver.Pace;
import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.flow.SignInProvider;
import java.net.URI;
import java.util.Map;

/**
 * What the proxy stands between, all of it real and none of it ours: an OpenID Connect provider
 * with a sign-in page, a PostgreSQL, and an MCP server on the official SDK.
 */
final class RealParts implements AutoCloseable {

  private final int port = FreePorts.next(1);
  private final TestDatabase database = TestPostgres.emptyDatabase();
  private final SignInProvider provider;
  private final ExampleMcpServer mcpServer;

  private RealParts(SignInProvider provider, ExampleMcpServer mcpServer) {
    this.provider = provider;
    this.mcpServer = mcpServer;
  }

  /**
   * Starts the parts.
   *
   * @param pace what the MCP server's countdown waits for
   */
  static RealParts start(Pace pace) {
    return new RealParts(SignInProvider.start(), ExampleMcpServer.start(0, pace));
  }

  /** The settings of requirement S16 with which an operator would run the proxy here. */
  Map<String, String> settings() {
    return Map.of(
        "BASE_URL",
        "http://localhost:" + port,
        "PORT",
        Integer.toString(port),
        "MCP_SERVER_URL",
        mcpServer.endpoint().toString(),
        "SCOPES_SUPPORTED",
        "openid,profile,email",
        "OAUTH_AUTHORIZE_URL",
        provider.issuer().toString(),
        "OAUTH_CLIENT_ID",
        "proxy",
        "OAUTH_CLIENT_SECRET",
        "s3cret",
        "DATABASE_DSN",
        database.dsnText(),
        "ENCRYPTION_KEY",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  }

  /** Where users sign in. */
  SignInProvider provider() {
    return provider;
  }

  /** Where the proxy keeps things. */
  TestDatabase database() {
    return database;
  }

  /** The proxy's public URL. */
  URI proxy() {
    return URI.create("http://localhost:" + port);
  }

  /** The MCP server as clients see it. */
  URI protectedMcpServer() {
    return URI.create(proxy() + "/mcp");
  }

  /** The MCP server itself. */
  URI mcpServer() {
    return mcpServer.endpoint();
  }

  @Override
  public void close() {
    mcpServer.close();
    provider.close();
  }
}
