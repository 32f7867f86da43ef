package io.mcpoauth.runner.e2e;

import io.mcpoauth.examples.mcpserver.ExampleMcpServer;
import io.mcpoauth.examples.mcpserver.Pace;
import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.runner.lifecycle.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;

/**
 * What the proxy stands between, all of it real and none of it ours: an OpenID Connect provider
 * with a sign-in page, a PostgreSQL, and an MCP server on the official SDK.
 */
final class RealParts implements AutoCloseable {

  private static final String CLAIMS =
      """
      {"name": "Zoë Quinn", "email": "zoe@example.com", "email_verified": true}""";

  private final int port = FreePorts.next(1);
  private final TestDatabase database = TestPostgres.emptyDatabase();
  private final MockOAuth2Server provider;
  private final ExampleMcpServer mcpServer;

  private RealParts(MockOAuth2Server provider, ExampleMcpServer mcpServer) {
    this.provider = provider;
    this.mcpServer = mcpServer;
  }

  /**
   * Starts the parts.
   *
   * @param pace what the MCP server's countdown waits for
   */
  static RealParts start(Pace pace) {
    MockOAuth2Server provider =
        new MockOAuth2Server(
            OAuth2Config.Companion.fromJson(
                "{\"interactiveLogin\": true, \"rotateRefreshToken\": true}"));
    try {
      provider.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RealParts(provider, ExampleMcpServer.start(0, pace));
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
        "http://127.0.0.1:" + provider.baseUrl().port() + "/default",
        "OAUTH_CLIENT_ID",
        "proxy",
        "OAUTH_CLIENT_SECRET",
        "s3cret",
        "DATABASE_DSN",
        database.dsnText(),
        "ENCRYPTION_KEY",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
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

  /** Signs in on the provider's page. */
  static ScriptedBrowser.Hop signIn(ScriptedBrowser browser, ScriptedBrowser.Hop signInPage) {
    return browser.press(signInPage, "Sign-in", Map.of("username", "zoe-1", "claims", CLAIMS));
  }

  @Override
  public void close() {
    mcpServer.close();
    provider.shutdown();
  }
}
