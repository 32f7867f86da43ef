package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.TestFacts;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;

/** Verbs that run for every login or token find their row by an index (DB-21). */
class QueryPlanTest {

  private final Database database =
      new Database(TestPostgres.migratedDatabase().dataSource(), false);

  @Test
  void codeIsRedeemedByItsKey() {
    assertUsesIndexes(GrantSql.REDEEM);
    assertUsesIndexes(GrantSql.WAS_REDEEMED);
    assertUsesIndexes(GrantSql.FIND_CODE);
    assertUsesIndexes(GrantSql.COUNT_FAILED_REDEMPTION);
  }

  @Test
  void refreshTokenIsRotatedByTheKeyOfItsGrant() {
    assertUsesIndexes(RefreshTokenRotation.ROTATE);
    assertUsesIndexes(RefreshTokenRotation.FIND_LIVE);
  }

  @Test
  void grantIsFoundAndRevokedByItsKey() {
    assertUsesIndexes(GrantSql.FIND_USABLE);
    assertUsesIndexes(GrantSql.REVOKE);
  }

  @Test
  void grantsOfAUserAreFoundByTheUser() {
    assertUsesIndexes(GrantSql.OF_USER);
  }

  @Test
  void sessionIsFoundByItsKey() {
    assertUsesIndexes(PostgresSessions.FIND);
  }

  @Test
  void loginIsConsumedByItsKey() {
    assertUsesIndexes(PostgresLogins.CONSUME);
  }

  @Test
  void assertionIsRememberedByItsKey() {
    assertThat(plan(PostgresAssertions.REMEMBER))
        .anyMatch(line -> line.contains("Conflict Arbiter Indexes: assertions_pkey"));
  }

  @Test
  void recentChangesAreFoundByTheirTime() {
    assertUsesIndexes(PostgresChanges.RECENT);
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
        .bind("limit", 1)
        .bind("session", hash)
        .bind("assertionId", "id")
        .bind("keptFor", 1L)
        .bind("limit", 1)
        .bind("lifetime", 1L)
        .bind("burnAt", 5);
  }
}
