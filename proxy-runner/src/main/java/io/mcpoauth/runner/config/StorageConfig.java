package io.mcpoauth.runner.config;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.core.spi.storage.StorageFactory;
import io.mcpoauth.jdbc.PostgresDsn;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.Schema;
import java.time.InstantSource;
import java.util.Map;

/** Where things are kept. Prints no secret. */
public sealed interface StorageConfig {

  /**
   * Makes or updates what has to be there before it is opened.
   *
   * @throws StorageException when that fails
   */
  void prepare();

  /**
   * Opens it; it need not answer yet.
   *
   * @param connections how many it may use at a time
   * @throws StorageException when it can never work as it is configured
   */
  Storage open(int connections);

  /** In PostgreSQL. */
  record Postgres(PostgresDsn dsn) implements StorageConfig {

    @Override
    public void prepare() {
      Schema.at(dsn).migrate();
    }

    @Override
    public Storage open(int connections) {
      return PostgresStorage.connect(dsn, connections);
    }

    @Override
    public String toString() {
      return dsn.toString();
    }
  }

  /** Where a plug-in of the operator's keeps them, which prepares what it needs itself. */
  record Plugin(StorageFactory factory, Map<String, Secret> settings) implements StorageConfig {

    @Override
    public void prepare() {}

    @Override
    public Storage open(int connections) {
      try {
        return factory.open(settings, InstantSource.system());
      } catch (StorageException e) {
        throw e;
      } catch (RuntimeException | LinkageError e) {
        throw new StorageException(this + " does not open", e);
      }
    }

    @Override
    public String toString() {
      return "the storage plug-in " + factory.id();
    }
  }
}
