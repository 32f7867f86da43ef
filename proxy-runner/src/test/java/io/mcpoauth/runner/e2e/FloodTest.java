package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers can do to a running proxy by asking much, or asking oddly: little. */
class FloodTest {

  private static final RealParts PARTS = RealParts.start(() -> {});
  private static final String FORM = "application/x-www-form-urlencoded";

  private static final Pattern NOWHERE = Pattern.compile("^HTTP/1.1 40[04] ");
  private static RunningInstance instance;
  private static SignedInClient signedIn;

  private final Attempts attempts = new Attempts(PARTS.proxy());

  @BeforeAll
  static void start() {
    instance = RunningInstance.inProcess(PARTS);
    signedIn = SignedInClient.of(PARTS.protectedMcpServer());
  }

  @AfterAll
  static void stop() {
    instance.close();
    PARTS.close();
  }

  @Test
  void authorizationRequestsLeaveNothingBehind_DS06() throws Exception {
    long before = writes();
    String request =
        signedIn.flow().authorizationRequest(signedIn.metadata(), signedIn.id()).toString();
    for (int i = 0; i < 200; i++) {
      assertThat(attempts.get(request).statusCode()).isEqualTo(200);
    }
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  void forgedTokensCostTheDatabaseNothing_DS08() throws Exception {
    String good = signedIn.tokens().accessToken();
    String head = good.substring(0, good.lastIndexOf('.') + 1);
    try (Connection connection = PARTS.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // Who looks anything up there now waits, and is answered with 503 in the end.
      statement.execute(
          "lock table mcp_oauth.grants, mcp_oauth.access_tokens, mcp_oauth.clients,"
              + " mcp_oauth.authorization_codes, mcp_oauth.signing_keys");
      for (int i = 0; i < 250; i++) {
        String forgedSignature = head + "A".repeat(82) + "%04d".formatted(i);
        for (String token : List.of("random" + i, "mcpr_" + i, "a.b." + i, forgedSignature)) {
          HttpResponse<String> answer = attempts.get("/mcp", "Authorization", "Bearer " + token);
          assertThat(answer.statusCode()).isEqualTo(401);
        }
      }
      connection.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//mcp", "/MCP", "/%6dcp", "/mcp;a", "/mcp%00", "/./mcp", "/x/../mcp", "/mcp%2f"})
  void aliasesOfMcpEndpointsLeadNowhere_HP18(String alias) throws Exception {
    String call =
        """
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params":
         {"protocolVersion": "2025-06-18", "capabilities": {},
          "clientInfo": {"name": "test", "version": "1"}}}\
        """;
    String good = "Authorization: Bearer " + signedIn.tokens().accessToken();

    assertThat(post("/mcp", good, "application/json", call)).startsWith("HTTP/1.1 200 ");
    assertThat(post(alias, good, "application/json", call)).containsPattern(NOWHERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/mcp/../token",
        "/mcp/%2e%2e/token",
        "/token/",
        "/TOKEN",
        "//token",
        "/%74oken",
        "/token;a"
      })
  void aliasesOfEndpointsLeadNowhere_HP18(String alias) throws Exception {
    String form =
        "grant_type=refresh_token&client_id="
            + signedIn.id()
            + "&refresh_token="
            + signedIn.tokens().refreshToken();

    assertThat(post("/token", "X-None: x", FORM, form)).startsWith("HTTP/1.1 200 ");
    assertThat(post(alias, "X-None: x", FORM, form)).containsPattern(NOWHERE);
  }

  /** A request with nothing wrong in it but, maybe, its path. */
  private static String post(String path, String header, String type, String body)
      throws Exception {
    try (RawClient client = new RawClient(PARTS.proxy().getPort())) {
      client.send(
          """
          POST %s HTTP/1.1
          Host: localhost:%d
          %s
          Accept: application/json, text/event-stream
          Content-Type: %s
          Content-Length: %d
          Connection: close

          """
              .formatted(path, PARTS.proxy().getPort(), header, type, body.length())
              .replace("\n", "\r\n"));
      client.send(body);
      return client.readAll();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/actuator",
        "/actuator/heapdump",
        "/debug",
        "/debug/pprof/",
        "/heapdump",
        "/env",
        "/info",
        "/jolokia",
        "/admin",
        "/.env",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF"
      })
  void nothingOfTheInsideIsOnThePublicPort_LG09(String path) throws Exception {
    HttpResponse<String> answer = attempts.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("\"error\"").hasSizeLessThan(200);
  }

  @Test
  void healthTellsNothingButItself_LG09() throws Exception {
    assertThat(attempts.get("/health").body()).isEqualTo("{\"status\":\"up\"}");
  }

  /** Rows that were written since the database exists. */
  private static long writes() {
    return PARTS
        .database()
        .number(
            "select (select count(*) from mcp_oauth.logins) + (select count(*) from"
                + " mcp_oauth.grants) + (select count(*) from mcp_oauth.authorization_codes)");
  }
}
