package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.contract.Race;
import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pooler in transaction mode runs each statement in whichever session is free. */
class PgBouncerTest {

  private static final int SESSIONS = 4;
  private static final int RACERS = 8;

  /** More often than the driver wants to see a statement before it prepares it. */
  private static final int ROUNDS = 12;

  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(1), Duration.ofDays(30));

  private final TestDatabase database = TestPostgres.emptyDatabase();
  private final Path folder;
  private PgBouncer pooler;

  PgBouncerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    Needed.orSkip(PgBouncer.program().isPresent(), "needs PgBouncer");
    pooler = PgBouncer.before(database, SESSIONS, folder);
    await().until(this::answers);
    Schema.at(pooler.dsn()).migrate();
  }

  @AfterEach
  void stop() throws Exception {
    if (pooler != null) {
      pooler.close();
    }
  }

  @Test
  void eachStatementRunsInAnySession() throws Exception {
    try (PostgresStorage one = PostgresStorage.connect(pooler.dsn(), RACERS);
        PostgresStorage other = PostgresStorage.connect(pooler.dsn(), RACERS);
        Race race = new Race(RACERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        String name = "round " + round + " racer ";
        List<Optional<Grant>> found =
            race.run(racer -> live(racer % 2 == 0 ? one : other, name + racer));

        for (int racer = 0; racer < RACERS; racer++) {
          assertThat(found.get(racer)).map(Grant::id).contains(name + racer);
        }
      }
    }
    assertThat(leftInSessions()).isEmpty();
  }

  @Test
  void changesAreFoundByPollingAlone() throws Exception {
    AtomicInteger hints = new AtomicInteger();
    try (PostgresStorage one = PostgresStorage.connect(pooler.dsn(), 2);
        PostgresStorage other = PostgresStorage.connect(pooler.dsn(), 2);
        AutoCloseable subscription = other.changes().subscribe(hints::incrementAndGet)) {
      assertThat(subscription).isNotNull();
      live(one, "grant");

      one.grants().revoke("grant", RevocationReason.CLIENT_REQUEST);

      assertThat(other.changes().recent(Duration.ofMinutes(1)).changes())
          .contains(new Change.GrantChanged("grant"));
    }
    assertThat(hints).hasValue(0);
  }

  /** Through every verb of a grant's life, with a statement of its own each. */
  private static Optional<Grant> live(PostgresStorage storage, String id) {
    GrantStore grants = storage.grants();
    grants.create(TestFacts.grant(id), TestFacts.code("code of " + id), Duration.ofHours(1));
    assertThat(grants.findCode("code of " + id)).isPresent();
    SecretHash first = SecretHash.of(id);
    assertThat(grants.redeem("code of " + id, first, LIFETIME))
        .isInstanceOf(Redemption.Redeemed.class);
    assertThat(grants.rotate(id, first, SecretHash.of("next " + id), LIFETIME, Duration.ZERO))
        .isInstanceOf(Rotation.Rotated.class);
    return grants.findUsable(id);
  }

  /** What others would find in the sessions: time-outs of ours, prepared statements. */
  private String leftInSessions() throws SQLException {
    StringBuilder left = new StringBuilder();
    for (int session = 0; session < 2 * SESSIONS; session++) {
      try (Connection connection = pooler.dsn().dataSource().getConnection();
          Statement statement = connection.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "select name || setting from pg_settings"
                      + " where name in ('statement_timeout', 'lock_timeout') and setting <> '0'"
                      + " union all select statement from pg_prepared_statements")) {
        while (result.next()) {
          left.append(result.getString(1)).append('\n');
        }
      }
    }
    return left.toString();
  }

  private boolean answers() {
    try (Connection connection = pooler.dsn().dataSource().getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }
}
