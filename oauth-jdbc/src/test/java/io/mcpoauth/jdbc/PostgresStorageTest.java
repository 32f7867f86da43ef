package io.mcpoauth.jdbc;

import io.mcpoauth.core.contract.StorageContract;
import io.mcpoauth.core.contract.StorageUnderTest;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two instances of PostgreSQL storage on one database against the contract. */
class PostgresStorageTest extends StorageContract {

  private static TestDatabase database;
  private static PostgresStorage one;
  private static PostgresStorage other;

  @BeforeAll
  static void connect() {
    database = TestPostgres.migratedDatabase();
    one = PostgresStorage.connect(database.dsn(), 4);
    other = PostgresStorage.connect(database.dsn(), 4);
  }

  @AfterAll
  static void disconnect() {
    one.close();
    other.close();
  }

  @Override
  protected StorageUnderTest open() {
    database.clear();
    return new StorageUnderTest() {
      private Duration ahead = Duration.ZERO;

      @Override
      public Storage storage() {
        return one;
      }

      @Override
      public Storage otherInstance() {
        return other;
      }

      @Override
      public void advance(Duration by) {
        ahead = ahead.plus(by);
        database.setClockAhead(ahead);
      }

      @Override
      public void close() {}
    };
  }
}
