package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.flow.SignedInClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL itself counts ({@code pg_stat_statements}) while requests are proxied. */
class StatementsTest {

  private static final int REQUESTS = 200;

  private static final RealParts parts = RealParts.start(() -> {});
  private static final RunningInstance proxy = RunningInstance.inProcess(parts);

  @BeforeAll
  static void count() {
    parts.database().execute("create extension pg_stat_statements");
  }

  @AfterAll
  static void stop() {
    proxy.close();
    parts.close();
  }

  @Test
  void proxiedRequestsNeedNoStatement_DB20() throws SQLException {
    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    String token = client.tokens().accessToken();
    assertThat(client.flow().callMcp(token).statusCode()).isLessThan(500).isNotEqualTo(401);
    Map<String, Long> before = statements();
    assertThat(before.keySet()).anyMatch(query -> query.contains("mcp_oauth.grants"));

    for (int i = 0; i < REQUESTS; i++) {
      assertThat(client.flow().callMcp(token).statusCode()).isLessThan(500).isNotEqualTo(401);
    }

    Map<String, Long> during = statements();
    during.replaceAll((query, calls) -> calls - before.getOrDefault(query, 0L));
    during.values().removeIf(calls -> calls == 0);
    assertThat(during.keySet()).allMatch(StatementsTest::isOfTheBackground);
  }

  /** The look at the change feed each second, and what new connections of the pool begin with. */
  private static boolean isOfTheBackground(String query) {
    return query.contains("left join mcp_oauth.changes")
        || query.equals("select pg_backend_pid()")
        || query.toLowerCase(Locale.ROOT).startsWith("set ");
  }

  private static Map<String, Long> statements() throws SQLException {
    String counts =
        """
        select s.query, sum(s.calls) as calls
        from pg_stat_statements s join pg_database d on d.oid = s.dbid
        where d.datname = current_database() and s.query not like '%pg_stat_statements%'
        group by s.query\
        """;
    try (Connection connection = parts.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(counts)) {
      Map<String, Long> calls = new HashMap<>();
      while (rows.next()) {
        calls.put(rows.getString("query"), rows.getLong("calls"));
      }
      return calls;
    }
  }
}
