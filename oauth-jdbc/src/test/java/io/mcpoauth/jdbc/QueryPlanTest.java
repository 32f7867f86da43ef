package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.TestFacts;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;

/** Verbs that run for every login or token find their row by an index. */
class QueryPlanTest {

  private final Database database =
      new Database(TestPostgres.migratedDatabase().dataSource(), () -> false);

  @Test
  void codeIsRedeemedByItsKey_DB21() {
    assertUsesIndexes(GrantSql.REDEEM);
    assertUsesIndexes(GrantSql.WAS_REDEEMED);
    assertUsesIndexes(GrantSql.FIND_CODE);
    assertUsesIndexes(GrantSql.COUNT_FAILED_REDEMPTION);
  }

  @Test
  void refreshTokenIsRotatedByTheKeyOfItsGrant_DB21() {
    assertUsesIndexes(RefreshTokenRotation.ROTATE);
    assertUsesIndexes(RefreshTokenRotation.FIND_LIVE);
  }

  @Test
  void grantIsFoundAndRevokedByItsKey_DB21() {
    assertUsesIndexes(GrantSql.FIND_USABLE);
    assertUsesIndexes(GrantSql.REVOKE);
    assertUsesIndexes(GrantEndings.OF_CLIENT);
    assertUsesIndexes(GrantEndings.OF_USER);
    assertUsesIndexes(GrantEndings.MADE);
  }

  @Test
  void grantsOfAUserAreFoundByTheUser_DB21() {
    assertUsesIndexes(GrantSql.OF_USER);
    assertUsesIndexes(GrantSql.HAS_USABLE);
  }

  @Test
  void sessionIsFoundByItsKey_DB21() {
    assertUsesIndexes(PostgresSessions.FIND);
  }

  @Test
  void loginIsConsumedByItsKey_DB21() {
    assertUsesIndexes(PostgresLogins.CONSUME);
    assertUsesIndexes(PostgresLogins.IS_WAITING);
    assertMeetsItsRowByTheKey("logins", PostgresLogins.BEGIN);
    assertMeetsItsRowByTheKey("logins", PostgresLogins.CANCEL);
  }

  @Test
  void clientIsFoundByItsKey_DB21() {
    assertUsesIndexes(ClientSql.FIND);
    assertUsesIndexes(ClientSql.FIND_MANAGED);
    assertUsesIndexes(ClientSql.RENEW);
    assertUsesIndexes(ClientSql.REPLACE);
    assertUsesIndexes(ClientSql.LIST);
    assertUsesIndexes(ClientSql.DELETE);
    assertUsesIndexes(ClientSql.DELETE_MANAGED);
    assertMeetsItsRowByTheKey("clients", ClientSql.INSERT);
  }

  @Test
  void profileIsReplacedByTheKeyOfItsGrant_DB21() {
    assertUsesIndexes(PostgresProfiles.CLAIM);
    assertUsesIndexes(PostgresProfiles.REPLACE);
    assertUsesIndexes(PostgresProfiles.RELEASE);
    assertUsesIndexes(PostgresProfiles.END);
    assertUsesIndexes(PostgresProfiles.RESEAL);
    assertUsesIndexes(PostgresProfiles.LIST);
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
    assertUsesIndexes(PostgresChanges.RECENT);
    assertUsesIndexes(PostgresChanges.REVOKED_ACCESS_TOKENS);
  }

  @Test
  void endedFactsAreFoundByTheirEnd_DB15() {
    EndedFacts.STATEMENTS.forEach(this::assertUsesIndexes);
  }

  private void assertUsesIndexes(String sql) {
    List<String> plan = plan(sql);
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
    assertThat(plan).anyMatch(line -> line.contains("Index"));
  }

  private void assertMeetsItsRowByTheKey(String table, String sql) {
    assertThat(plan(sql))
        .anyMatch(line -> line.contains("Conflict Arbiter Indexes: " + table + "_pkey"));
  }

  private List<String> plan(String sql) {
    return database.run(
        "explain a statement",
        handle -> {
          // The planner reads small tables whole if it may.
          handle.execute("set enable_seqscan = off");
          Query query = handle.createQuery("explain " + sql);
          return bindAll(query).mapTo(String.class).list();
        });
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
        .bind("keptFor", 1L)
        .bind("limit", 1)
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
        .bind("after", "id")
        .bind("name", "name")
        .bindArray("redirectUris", String.class, List.of())
        .bindArray("grantTypes", String.class, List.of())
        .bind("authenticationMethod", "none")
        .bind("origin", "DYNAMIC")
        .bind("metadata", "{}")
        .bind("createdAt", Values.timestamp(Instant.EPOCH));
  }
}
