package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the removal of ended facts does to others, and they to it (DB-15). */
class EndedFactsTest {

  private static final Duration KEPT_FOR = Duration.ofDays(2);
  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(30), Duration.ofDays(180));

  /** More than a step takes. */
  private static final int MANY = 12_000;

  private final TestDatabase database = TestPostgres.migratedDatabase();
  private final PostgresStorage one = PostgresStorage.connect(database.dsn(), 4);
  private final PostgresStorage other = PostgresStorage.connect(database.dsn(), 4);

  @BeforeEach
  void fill() {
    database.execute(
        """
        insert into mcp_oauth.changes (at, kind, subject)
        select now() - interval '10 days', 'GRANT_CHANGED', 'old ' || n
        from generate_series(1, %1$d) n;
        insert into mcp_oauth.grants (
          id, client_id, user_id, provider, scopes, resource, sealed_profile, created_at)
        select
          'old ' || n, 'client', 'user', 'provider', '{}', 'https://mcp.example', '',
          now() - interval '10 days'
        from generate_series(1, %1$d) n
        """
            .formatted(MANY));
    one.grants().create(TestFacts.grant("living"), TestFacts.code("code"), Duration.ofMinutes(1));
    one.grants().redeem("code", TestFacts.hash("0"), LIFETIME);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void twoInstancesRemoveEverythingWhileGrantsAreUsed_DB15() throws Exception {
    fillOtherTables();
    CompletableFuture<Void> first = CompletableFuture.runAsync(() -> removeAll(one));
    CompletableFuture<Void> second = CompletableFuture.runAsync(() -> removeAll(other));
    int rotations = 0;
    while (rotations < 20 || !first.isDone() || !second.isDone()) {
      assertThat(
              one.grants()
                  .rotate(
                      "living",
                      TestFacts.hash(String.valueOf(rotations)),
                      TestFacts.hash(String.valueOf(++rotations)),
                      LIFETIME,
                      Duration.ZERO))
          .isInstanceOf(Rotation.Rotated.class);
    }
    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    removeAll(one);

    assertThat(count("grants")).isEqualTo(1);
    for (String table : List.of("changes", "logins", "assertions", "access_tokens", "sessions")) {
      assertThat(count(table)).as(table).isZero();
    }
    assertThat(one.grants().findUsable("living")).isPresent();
  }

  private void fillOtherTables() {
    database.execute(
        """
        insert into mcp_oauth.logins (id, expires_at)
        select 'old ' || n, now() - interval '10 days' from generate_series(1, %1$d) n;
        insert into mcp_oauth.assertions (id, expires_at)
        select int4send(n), now() - interval '10 days' from generate_series(1, %1$d) n;
        insert into mcp_oauth.access_tokens (id, grant_id, revoked_at, expires_at)
        select 'old ' || n, 'old ' || n, now(), now() - interval '10 days'
        from generate_series(1, %1$d) n;
        insert into mcp_oauth.sessions (id, sealed_session, expires_at)
        select int4send(n), '', now() - interval '10 days' from generate_series(1, %1$d) n
        """
            .formatted(MANY / 2));
  }

  @Test
  void onlyOneInstanceIsAtItAtATime_DB15() throws SQLException {
    try (Connection leader = database.dataSource().getConnection();
        Statement statement = leader.createStatement()) {
      leader.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + EndedFacts.LOCK + ")");

      assertThat(other.deleteEnded(KEPT_FOR, 5_000)).isFalse();
      assertThat(count("grants")).isEqualTo(MANY + 1L);
      leader.rollback();
    }
    assertThat(other.deleteEnded(KEPT_FOR, 5_000)).isTrue();
    assertThat(count("grants")).isEqualTo(MANY + 1L - 5_000);
  }

  @Test
  void rowThatSomebodyHoldsIsLeftForLater_DB15() throws SQLException {
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("select from mcp_oauth.grants where id = 'old 7' for update");
      removeAll(one);

      assertThat(count("grants")).isEqualTo(2);
      holder.rollback();
    }
    removeAll(one);
    assertThat(count("grants")).isEqualTo(1);
  }

  private static void removeAll(PostgresStorage storage) {
    while (storage.deleteEnded(KEPT_FOR, 5_000)) {
      // Goes on until nothing is left, or another instance is at it.
    }
  }

  private long count(String table) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from mcp_oauth." + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
