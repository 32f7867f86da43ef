package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.spi.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SchemaTest {

  private final TestDatabase database = TestPostgres.emptyDatabase();
  private final Schema schema = Schema.at(database.dsn());

  @Test
  void emptyDatabaseIsMigratedOnce() {
    assertThat(schema.check()).isEqualTo(Schema.State.MISSING);

    schema.migrate();
    assertThat(schema.check()).isEqualTo(Schema.State.CURRENT);

    schema.migrate();
    assertThat(schema.check()).isEqualTo(Schema.State.CURRENT);
  }

  @Test
  void instancesThatStartAtOnceMigrateOnce() throws Exception {
    int instances = 4;
    CyclicBarrier start = new CyclicBarrier(instances);
    ExecutorService threads = Executors.newFixedThreadPool(instances);
    try {
      List<Future<Schema.State>> states = new ArrayList<>();
      for (int i = 0; i < instances; i++) {
        states.add(
            threads.submit(
                () -> {
                  Schema own = Schema.at(database.dsn());
                  start.await();
                  own.migrate();
                  return own.check();
                }));
      }
      for (Future<Schema.State> state : states) {
        assertThat(state.get()).isEqualTo(Schema.State.CURRENT);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void printedSqlMakesTheSameSchemaByHand() {
    database.execute(Schema.sql());

    assertThat(schema.check()).isEqualTo(Schema.State.CURRENT);
    schema.migrate();
    try (PostgresStorage storage = PostgresStorage.connect(database.dsn(), 1)) {
      storage.ping();
    }
  }

  @Test
  void foreignTablesInTheDatabaseAreLeftAlone() {
    database.execute("create table public.foreign_table (id integer)");

    schema.migrate();

    database.execute("insert into public.foreign_table values (1)");
    assertThat(schema.check()).isEqualTo(Schema.State.CURRENT);
  }

  @Test
  void schemaOfANewerReleaseIsLeftAlone_DB18() {
    schema.migrate();
    database.execute(
        "create or replace function mcp_oauth.schema_version() returns integer"
            + " language sql immutable as 'select 1000'");

    assertThat(schema.check()).isEqualTo(Schema.State.NEWER);
    schema.migrate();
    assertThat(schema.check()).isEqualTo(Schema.State.NEWER);
  }

  @Test
  void foreignSchemaOfTheSameNameIsRefused() {
    database.execute("create schema mcp_oauth; create table mcp_oauth.foreign_table (id integer)");

    assertThatThrownBy(schema::migrate).isInstanceOf(StorageException.class);
  }
}
