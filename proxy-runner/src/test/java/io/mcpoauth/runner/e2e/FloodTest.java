package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers can do to a running proxy by asking much, or asking oddly: little. */
class FloodTest {

  private static final RealParts PARTS = RealParts.start(() -> {});
  private static RunningInstance instance;

  private final Attempts attempts = new Attempts(PARTS.proxy());

  @BeforeAll
  static void start() {
    instance = RunningInstance.inProcess(PARTS);
  }

  @AfterAll
  static void stop() {
    instance.close();
    PARTS.close();
  }

  @Test
  void authorizationRequestsLeaveNothingBehind_DS06() throws Exception {
    SignedInClient client = SignedInClient.of(PARTS.protectedMcpServer());
    long before = writes();
    String request = client.flow().authorizationRequest(client.metadata(), client.id()).toString();
    for (int i = 0; i < 200; i++) {
      assertThat(attempts.get(request).statusCode()).isEqualTo(200);
    }
    assertThat(writes()).isEqualTo(before);
  }

  @Test
  void forgedTokensCostTheDatabaseNothing_DS08() throws Exception {
    String good = SignedInClient.of(PARTS.protectedMcpServer()).tokens().accessToken();
    String head = good.substring(0, good.lastIndexOf('.') + 1);
    long before = reads();
    for (int i = 0; i < 250; i++) {
      String forgedSignature = head + "A".repeat(82) + "%04d".formatted(i);
      for (String token : List.of("random" + i, "mcpr_" + i, "a.b." + i, forgedSignature)) {
        HttpResponse<String> answer = attempts.get("/mcp", "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(401);
      }
    }
    assertThat(reads() - before).isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/mcp/../token",
        "/mcp/%2e%2e/token",
        "//mcp",
        "/MCP",
        "/%6dcp",
        "/mcp;a",
        "/mcp%00",
        "/./mcp",
        "/token/",
        "/TOKEN",
        "//token",
        "/%74oken",
        "/token;a"
      })
  void aliasesOfRoutesLeadNowhere_HP18(String alias) throws Exception {
    try (RawClient client = new RawClient(PARTS.proxy().getPort())) {
      client.send("POST " + alias + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n");
      client.send("Connection: close\r\n\r\n");
      assertThat(client.readAll()).containsPattern("^HTTP/1.1 40[014] ");
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
  private static long writes() throws SQLException {
    return number(
        "select (select count(*) from mcp_oauth.logins) + (select count(*) from mcp_oauth.grants)"
            + " + (select count(*) from mcp_oauth.authorization_codes)");
  }

  /** Look-ups in the tables of grants, tokens and clients, by PostgreSQL's own count. */
  private static long reads() throws SQLException {
    return number(
        "select sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0)) from pg_stat_user_tables"
            + " where relname in ('grants', 'access_tokens', 'clients', 'authorization_codes')");
  }

  private static long number(String query) throws SQLException {
    TestDatabase database = PARTS.database();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
