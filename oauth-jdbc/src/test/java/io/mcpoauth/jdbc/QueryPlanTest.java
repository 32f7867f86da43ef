package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.TestFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;

/** Statements find their rows by an index, however many there are. */
class QueryPlanTest {

  private static final Pattern INDEX_SCAN = Pattern.compile("Index (?:Only )?Scan ");

  private static final Database DATABASE = new Database(filled().dataSource(), () -> false);

  @Test
  void codeIsRedeemedByItsKey_DB21() {
    assertFinds(GrantSql.REDEEM, "id =");
    assertFinds(GrantSql.WAS_REDEEMED, "id =");
    assertFinds(GrantSql.FIND_CODE, "id =");
    assertFinds(GrantSql.COUNT_FAILED_REDEMPTION, "id =");
  }

  @Test
  void refreshTokenIsRotatedByTheKeyOfItsGrant_DB21() {
    assertFinds(RefreshTokenRotation.ROTATE, "id =");
    assertFinds(RefreshTokenRotation.FIND_LIVE, "id =");
  }

  @Test
  void grantIsFoundAndRevokedByItsKey_DB21() {
    assertFinds(GrantSql.FIND_USABLE, "id =", "grant_id =");
    assertFinds(GrantSql.REVOKE, "id =");
  }

  @Test
  void grantsThatEndTogetherAreFoundByWhatTheyShare_DB21() {
    assertFinds(GrantEndings.OF_CLIENT, "client_id =", "id =");
    assertFinds(GrantEndings.OF_USER, "user_id =", "id =");
    assertFinds(GrantEndings.LAST_OF_WINDOW, "id >");
    assertFinds(GrantEndings.MADE, "id >", "id <=");
  }

  @Test
  void grantsOfAUserAreFoundByTheUser_DB21() {
    assertFinds(GrantSql.OF_USER, "user_id =", "grant_id =");
    assertFinds(GrantSql.HAS_USABLE, "user_id =", "grant_id =");
  }

  @Test
  void sessionIsFoundByItsKey_DB21() {
    assertFinds(PostgresSessions.FIND, "id =");
  }

  @Test
  void loginIsConsumedByItsKey_DB21() {
    assertFinds(PostgresLogins.CONSUME, "id =");
    assertFinds(PostgresLogins.IS_WAITING, "id =");
    assertMeetsItsRowByTheKey("logins", PostgresLogins.BEGIN);
    assertMeetsItsRowByTheKey("logins", PostgresLogins.CANCEL);
  }

  @Test
  void clientIsFoundByItsKey_DB21() {
    assertFinds(ClientSql.FIND, "id =");
    assertFinds(ClientSql.FIND_MANAGED, "id =");
    assertFinds(ClientSql.RENEW, "id =");
    assertFinds(ClientSql.REPLACE, "id =");
    assertFinds(ClientSql.LIST, "id >");
    assertFinds(ClientSql.DELETE, "id =", "client_id =");
    assertFinds(ClientSql.DELETE_MANAGED, "id =", "client_id =");
    assertMeetsItsRowByTheKey("clients", ClientSql.INSERT);
  }

  @Test
  void unusedClientsAreFoundByTheirRegistration_RG22() {
    assertFinds(ClientSql.DELETE_UNUSED, "renewed_at <=", "client_id =");
  }

  @Test
  void profileIsReplacedByTheKeyOfItsGrant_DB21() {
    assertFinds(PostgresProfiles.CLAIM, "id =");
    assertFinds(PostgresProfiles.REPLACE, "id =");
    assertFinds(PostgresProfiles.RELEASE, "id =");
    assertFinds(PostgresProfiles.END, "id =");
    assertFinds(PostgresProfiles.RESEAL, "id =");
    assertFinds(PostgresProfiles.LIST, "id >");
  }

  @Test
  void revocationOfATokenMeetsItsRowByTheKey_DB21() {
    assertMeetsItsRowByTheKey("access_tokens", GrantSql.REVOKE_ACCESS_TOKEN);
  }

  @Test
  void assertionIsRememberedByItsKey_DB21() {
    assertMeetsItsRowByTheKey("assertions", PostgresAssertions.REMEMBER);
  }

  @Test
  void recentChangesAreFoundByTheirTime_DB21() {
    assertFinds(PostgresChanges.RECENT, "at >=");
    assertFinds(PostgresChanges.REVOKED_ACCESS_TOKENS, "expires_at >");
  }

  @Test
  void endedFactsAreFoundByTheirEnd_DB15() {
    assertFinds(EndedFacts.STATEMENTS.get(0), "ends_on <", "id =");
    EndedFacts.STATEMENTS.stream()
        .skip(1)
        .forEach(statement -> assertFinds(statement, "(expires_)?at <", "id ="));
  }

  /**
   * The rows are looked up by these conditions, and none by a walk through an index from end to
   * end.
   *
   * @param conditions each a column and an operator
   */
  private static void assertFinds(String sql, String... conditions) {
    List<String> plan = plan(sql);
    List<String> lookUps = plan.stream().filter(line -> line.contains("Index Cond:")).toList();
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
    assertThat(plan).filteredOn(line -> INDEX_SCAN.matcher(line).find()).hasSameSizeAs(lookUps);
    for (String condition : conditions) {
      Pattern column = Pattern.compile("\\b" + condition + " ");
      assertThat(plan)
          .filteredOn(line -> line.contains("Index Cond:"))
          .as(condition)
          .anyMatch(line -> column.matcher(line).find());
    }
  }

  private static void assertMeetsItsRowByTheKey(String table, String sql) {
    assertThat(plan(sql))
        .anyMatch(line -> line.contains("Conflict Arbiter Indexes: " + table + "_pkey"));
  }

  private static List<String> plan(String sql) {
    return DATABASE.run(
        "explain a statement",
        handle -> {
          // The planner reads small tables whole if it may.
          handle.execute("set enable_seqscan = off");
          Query query = handle.createQuery("explain " + sql);
          // What has no parameters takes none.
          return (sql.contains(":") ? bindAll(query) : query).mapTo(String.class).list();
        });
  }

  /** Rows enough that it matters to the planner by which index it finds them. */
  private static TestDatabase filled() {
    TestDatabase database = TestPostgres.migratedDatabase();
    database.execute(
        """
        insert into mcp_oauth.clients (
          id, name, redirect_uris, authentication_method, grant_types, origin, metadata, created_at,
          renewed_at)
        select 'c' || n, 'name', '{}', 'none', '{}', 'DYNAMIC', '{}', now(),
          now() - n * interval '1 minute'
        from generate_series(1, 2000) n;
        insert into mcp_oauth.grants (
          id, client_id, user_id, provider, scopes, resource, sealed_profile, created_at,
          redeemed_at, idle_expires_at)
        select 'g' || n, 'c' || n % 500, 'u' || n % 500, 'idp', '{}', 'https://mcp.example', '',
          now() - n * interval '1 minute', now(), now() + interval '30 days'
        from generate_series(1, 5000) n;
        insert into mcp_oauth.authorization_codes (
          id, grant_id, hash, redirect_uri, code_challenge, expires_at)
        select 'o' || n, 'g' || n, '', 'https://client.example', '', now()
        from generate_series(1, 5000) n;
        insert into mcp_oauth.changes (at, kind, subject)
        select now() - n * interval '1 second', 'GRANT_CHANGED', 'g' || n
        from generate_series(1, 5000) n;
        insert into mcp_oauth.logins (id, expires_at)
        select 'l' || n, now() + n * interval '1 second' from generate_series(1, 5000) n;
        insert into mcp_oauth.assertions (id, expires_at)
        select int4send(n), now() + n * interval '1 second' from generate_series(1, 5000) n;
        insert into mcp_oauth.access_tokens (id, grant_id, revoked_at, expires_at)
        select 't' || n, 'g' || n, now(), now() + n * interval '1 second'
        from generate_series(1, 5000) n;
        insert into mcp_oauth.sessions (id, sealed_session, expires_at)
        select int4send(n), '', now() + n * interval '1 second' from generate_series(1, 5000) n;
        analyze
        """);
    return database;
  }

  private static Query bindAll(Query query) {
    byte[] hash = TestFacts.hash("hash").toBytes();
    return query
        .bind("id", "id")
        .bind("codeId", "id")
        .bind("grantId", "id")
        .bind("reason", "reason")
        .bind("browser", hash)
        .bind("refreshToken", hash)
        .bind("presented", hash)
        .bind("successor", hash)
        .bind("idle", 1L)
        .bind("absolute", 1L)
        .bind("reuseWindow", 1L)
        .bind("window", 1L)
        .bind("clientId", "id")
        .bind("userId", "id")
        .bind("provider", "id")
        .bind("session", hash)
        .bind("assertionId", "id")
        .bind("keptFor", Values.microseconds(Duration.ofDays(2)))
        .bind("limit", 100)
        .bind("lifetime", 1L)
        .bind("burnAt", 5)
        .bind("age", 1L)
        .bind("tokenId", "id")
        .bind("expiresAt", Values.timestamp(Instant.EPOCH))
        .bind("sealedRequest", hash)
        .bind("accessToken", hash)
        .bind("secretHash", hash)
        .bind("version", 1L)
        .bind("lease", 1L)
        .bind("profile", hash)
        .bind("after", "")
        .bind("upTo", "g2")
        .bind("neverUsedFor", 1L)
        .bind("idleFor", 1L)
        .bind("name", "name")
        .bindArray("redirectUris", String.class, List.of())
        .bindArray("grantTypes", String.class, List.of())
        .bind("authenticationMethod", "none")
        .bind("origin", "DYNAMIC")
        .bind("metadata", "{}")
        .bind("createdAt", Values.timestamp(Instant.EPOCH));
  }
}
