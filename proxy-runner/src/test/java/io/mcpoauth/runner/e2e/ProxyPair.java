package io.mcpoauth.runner.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.provider.QuirkServer;
import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Two instances of the proxy on one PostgreSQL, between a provider that can be told to fail and an
 * MCP server that answers with the provider token it was given.
 */
final class ProxyPair {

  /** One for all tests in this process, which run one after the other; it ends with the process. */
  private static final class Shared {
    static final ProxyPair PAIR = new ProxyPair();
  }

  static final String END_OF_HEADERS = "end of headers";

  final StrictProvider provider = new StrictProvider();
  private final QuirkServer mcpServer = new QuirkServer();
  private final TestDatabase database = TestPostgres.migratedDatabase();
  private final int port = FreePorts.next(2);

  private ProxyPair() {
    mcpServerAnswersWithTheProviderToken();
    RunningInstance.inProcess(settings(port), first());
    RunningInstance.inProcess(settings(port + 1), second());
  }

  /** Everything in order: whatever a test broke is whole again. */
  static ProxyPair inOrder() {
    Shared.PAIR.provider.fail(0);
    Shared.PAIR.provider.accessTokensLive(3600);
    Shared.PAIR.storageIsAhead(Duration.ZERO);
    Shared.PAIR.mcpServerAnswersWithTheProviderToken();
    return Shared.PAIR;
  }

  private void mcpServerAnswersWithTheProviderToken() {
    QuirkServer.Answer answer =
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("X-Forwarded-Access-Token");
          byte[] body = String.valueOf(token).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        };
    mcpServer.on("/mcp", answer);
    mcpServer.on("/mcp/", answer);
  }

  /** With all fields of the request, one a line. */
  void mcpServerAnswersWithItsHeaders() {
    mcpServer.on(
        "/mcp",
        exchange -> {
          // An answer that overtakes its request ends the client's connection.
          exchange.getRequestBody().readAllBytes();
          StringBuilder fields = new StringBuilder("\n");
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) ->
                      values.forEach(
                          value -> fields.append(name).append(": ").append(value).append('\n')));
          byte[] body = fields.append(END_OF_HEADERS).toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
  }

  /** To the same path with a slash behind it, by its own address. */
  void mcpServerRedirectsToItself(int status) {
    mcpServer.on(
        "/mcp",
        exchange -> {
          exchange.getResponseHeaders().set("Location", mcpServerOrigin() + "/mcp/");
          exchange.sendResponseHeaders(status, -1);
        });
  }

  String mcpServerOrigin() {
    return mcpServer.url();
  }

  /** The public URL, and where the first instance listens. */
  URI first() {
    return URI.create("http://localhost:" + port);
  }

  /** Where the second instance listens. */
  URI second() {
    return URI.create("http://localhost:" + (port + 1));
  }

  /** The id of the user who approved of that client last. */
  String lastUserOf(String clientId) {
    return database.text(
        "select user_id from mcp_oauth.grants where client_id = '%s' order by created_at desc"
                .formatted(clientId)
            + " limit 1");
  }

  /** Sets storage's clock to that long after the real time. */
  void storageIsAhead(Duration ahead) {
    database.setClockAhead(ahead);
  }

  /** Those of the first instance. */
  Map<String, String> settings() {
    return settings(port);
  }

  private Map<String, String> settings(int listenPort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("BASE_URL", first().toString());
    settings.put("PORT", Integer.toString(listenPort));
    settings.put("MCP_SERVER_URL", mcpServer.url() + "/mcp");
    settings.put("SCOPES_SUPPORTED", "openid,profile,email");
    settings.put("OAUTH_AUTHORIZE_URL", provider.issuer());
    settings.put("OAUTH_CLIENT_ID", "proxy");
    settings.put("OAUTH_CLIENT_SECRET", "s3cret");
    settings.put("DATABASE_DSN", database.dsnText());
    settings.put("ENCRYPTION_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
    return settings;
  }

  /**
   * A sign-in that the user has approved of, here and at the provider.
   *
   * @param approval what the consent form was answered with
   * @param callback where the provider sends the browser
   */
  record Approved(
      FlowDriver flow,
      JsonNode metadata,
      String clientId,
      ScriptedBrowser browser,
      Hop approval,
      URI callback) {

    /** Goes on to the tokens. */
    Tokens finish() {
      URI answer = browser.open(callback).location();
      return flow.exchange(metadata, clientId, flow.code(metadata, clientId, answer));
    }
  }

  /** Begins a sign-in of that user. */
  Approved approve(String user) {
    FlowDriver flow = new FlowDriver(first().resolve("/mcp"));
    ScriptedBrowser browser = new ScriptedBrowser();
    JsonNode metadata = flow.discover();
    String clientId = flow.register(metadata, "End-to-end test");
    Hop consent = browser.open(flow.authorizationRequest(metadata, clientId));
    Hop approval = browser.press(consent, "Continue with");
    String brought = provider.approve(approval.location(), user);
    return new Approved(
        flow, metadata, clientId, browser, approval, first().resolve("/callback?" + brought));
  }
}
