package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.StorageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Outages are told as such, soon, and without a value. */
class PostgresOutageTest {

  @Test
  @Timeout(20)
  void databaseThatIsDownIsAnOutage_TR16() throws IOException {
    PostgresDsn nobodyThere;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobodyThere =
          PostgresDsn.parse(
              Secret.of("postgres://user:hunter2@127.0.0.1:" + socket.getLocalPort() + "/db"));
    }

    try (PostgresStorage storage = PostgresStorage.connect(nobodyThere, 2)) {
      assertThatThrownBy(storage::ping).isInstanceOf(StorageException.class);
      assertThat(printed(catchThrowable(() -> storage.clients().find("id"))))
          .contains("could not find a client")
          .doesNotContain("hunter2");
    }
    assertThatThrownBy(() -> Schema.at(nobodyThere).check()).isInstanceOf(StorageException.class);
  }

  @Test
  @Timeout(30)
  void silentNetworkIsAnOutage_DB09() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      PostgresDsn dsn =
          PostgresDsn.parse(
              Secret.of("postgres://user:pw@127.0.0.1:" + silent.getLocalPort() + "/db"));
      try (PostgresStorage storage = PostgresStorage.connect(dsn, 2)) {
        assertThatThrownBy(storage::ping).isInstanceOf(StorageException.class);
      }
    }
  }

  @Test
  void missingSchemaIsAnOutage() {
    try (PostgresStorage storage = PostgresStorage.connect(TestPostgres.emptyDatabase().dsn(), 1)) {
      assertThatThrownBy(storage::ping).isInstanceOf(StorageException.class);
    }
  }

  @Test
  @Timeout(30)
  void rowThatStaysLockedIsAnOutageAndTheVerbDoesNothing_TR16() throws Exception {
    TestDatabase database = TestPostgres.migratedDatabase();
    try (PostgresStorage ownPool = PostgresStorage.connect(database.dsn(), 1);
        PostgresStorage onHostsSource = PostgresStorage.on(database.dataSource())) {
      ownPool
          .grants()
          .create(TestFacts.grant("grant"), TestFacts.code("code"), Duration.ofHours(1));
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("select id from mcp_oauth.grants for update");

        CompletableFuture<Throwable> ownFailure =
            CompletableFuture.supplyAsync(() -> catchThrowable(() -> revoke(ownPool)));
        assertThatThrownBy(() -> revoke(onHostsSource)).isInstanceOf(StorageException.class);
        assertThat(ownFailure.get()).isInstanceOf(StorageException.class);
        connection.rollback();
      }

      assertThat(ownPool.grants().findUsable("grant")).isPresent();
      assertThat(revoke(ownPool)).isTrue();
    }
  }

  @Test
  void outageTellsNoValue() {
    TestDatabase database = TestPostgres.migratedDatabase();
    Client client = TestFacts.confidentialClient("a-very-private-id");
    database.execute(
        "alter table mcp_oauth.clients add constraint never check (id = 'something else')");

    try (PostgresStorage storage = PostgresStorage.on(database.dataSource())) {
      String text = printed(catchThrowable(() -> storage.clients().insert(client)));

      assertThat(text)
          .contains("could not insert a client", "23514")
          .doesNotContain("a-very-private-id", client.name());
    }
  }

  @Test
  void sourceThatDoesNotCommitByItselfKeepsWhatIsStored() {
    TestDatabase database = TestPostgres.migratedDatabase();
    ManualCommitSource source = new ManualCommitSource(database.dataSource());

    try (PostgresStorage storage = PostgresStorage.on(source)) {
      assertThat(storage.clients().insert(TestFacts.publicClient("id")))
          .isEqualTo(Insertion.INSERTED);
    }
    try (PostgresStorage storage = PostgresStorage.on(database.dataSource())) {
      assertThat(storage.clients().find("id")).isPresent();
    }
  }

  private static boolean revoke(PostgresStorage storage) {
    return storage.grants().revoke("grant", RevocationReason.CLIENT_REQUEST);
  }

  private static String printed(Throwable failure) {
    assertThat(failure).isInstanceOf(StorageException.class);
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
