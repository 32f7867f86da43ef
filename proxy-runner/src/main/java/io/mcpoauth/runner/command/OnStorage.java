package io.mcpoauth.runner.command;

import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.runner.config.StorageConfig;
import io.mcpoauth.runner.lifecycle.Causes;
import java.util.function.ToIntFunction;

/** Work of a command on what is kept. */
final class OnStorage {

  private OnStorage() {}

  /** Does it on one connection, and says so when storage fails. */
  static int run(Terminal terminal, StorageConfig config, ToIntFunction<Storage> work) {
    try (Storage storage = config.open(1)) {
      return work.applyAsInt(storage);
    } catch (StorageException e) {
      terminal.err().println("The storage failed: " + Causes.describe(e));
      return ExitCode.FAILED;
    }
  }
}
