package io.mcpoauth.jdbc;

import io.mcpoauth.core.contract.StorageContention;
import io.mcpoauth.core.contract.StorageUnderTest;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The same races where the operator made the database refuse conflicts (SQLSTATE 40001) that it
 * would else resolve by waiting: they are repeated inside (TR-17).
 */
class ConflictTest extends StorageContention {

  private static TestDatabase database;
  private static PostgresStorage storage;

  @BeforeAll
  static void connect() {
    database = TestPostgres.migratedDatabase();
    database.execute(
        "alter database "
            + database.name()
            + " set default_transaction_isolation = 'repeatable read'");
    storage = PostgresStorage.connect(database.dsn(), 8);
  }

  @AfterAll
  static void disconnect() {
    storage.close();
  }

  @Override
  protected StorageUnderTest open() {
    database.clear();
    return new StorageUnderTest() {
      @Override
      public Storage storage() {
        return storage;
      }

      @Override
      public void advance(Duration by) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {}
    };
  }
}
