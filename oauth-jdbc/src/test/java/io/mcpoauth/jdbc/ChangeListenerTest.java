package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeListenerTest {

  private final TestDatabase database = TestPostgres.migratedDatabase();
  private final AtomicInteger hints = new AtomicInteger();

  @Test
  void hintsGoOnAfterTheConnectionWasLost() throws Exception {
    try (PostgresStorage storage = PostgresStorage.connect(database.dsn(), 2);
        AutoCloseable subscription = storage.changes().subscribe(hints::incrementAndGet)) {
      assertThat(subscription).isNotNull();
      await().until(() -> hints.get() > 0);

      database.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and query like 'listen%'");
      await().until(() -> hints.get() > 1);
      assertRevocationGivesAHint(storage);
    }
  }

  @Test
  void hintsComeOverAPoolOfTheHosts() throws Exception {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setDataSource(database.dataSource());
      pool.setMaximumPoolSize(2);
      try (PostgresStorage storage = PostgresStorage.on(pool)) {
        AutoCloseable subscription = storage.changes().subscribe(hints::incrementAndGet);
        assertRevocationGivesAHint(storage);

        subscription.close();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      }
    }
  }

  @Test
  void closedStorageHasNoListenerLeft() {
    PostgresStorage storage = PostgresStorage.connect(database.dsn(), 2);
    storage.changes().subscribe(hints::incrementAndGet);
    await().until(() -> hints.get() > 0);

    storage.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("mcp-oauth-change-listener");
  }

  private void assertRevocationGivesAHint(PostgresStorage storage) {
    await().until(() -> hints.get() > 0);
    storage.grants().create(TestFacts.grant("grant"), TestFacts.code("code"), Duration.ofHours(1));
    int before = hints.get();
    storage.grants().revoke("grant", RevocationReason.CLIENT_REQUEST);
    await().until(() -> hints.get() > before);
  }
}
