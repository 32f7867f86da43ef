package io.mcpoauth.runner.command;

import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.jdbc.PostgresDsn;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.runner.lifecycle.Causes;
import java.util.function.ToIntFunction;

/** Work of a command on what is kept. */
final class OnStorage {

  private OnStorage() {}

  /** Does it on one connection, and says so when the database fails. */
  static int run(Terminal terminal, PostgresDsn database, ToIntFunction<Storage> work) {
    try (PostgresStorage storage = PostgresStorage.connect(database, 1)) {
      return work.applyAsInt(storage);
    } catch (StorageException e) {
      terminal.err().println("The database failed: " + Causes.describe(e));
      return ExitCode.FAILED;
    }
  }
}
