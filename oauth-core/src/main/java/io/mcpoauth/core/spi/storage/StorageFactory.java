package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.secret.Secret;
import java.time.InstantSource;
import java.util.Map;

/**
 * Opens a storage that the operator configured. A plug-in names its factory in {@code
 * META-INF/services/io.mcpoauth.core.spi.storage.StorageFactory}.
 */
public interface StorageFactory {

  /**
   * What the operator names it by; the operator's settings for it begin with it, for example {@code
   * FILES_} for {@code files}.
   */
  String id();

  /**
   * Opens the storage, made ready for this release. Called at most once in a process.
   *
   * @param settings by their names without the prefix, for example {@code PATH}; any of them may be
   *     a secret
   * @param clock judges expiry where the storage has no clock of its own
   * @throws IllegalArgumentException when a setting is missing or cannot work, with a message for
   *     the operator that quotes no value
   * @throws StorageException when it cannot be opened; one that merely does not answer yet may
   *     answer later
   */
  Storage open(Map<String, Secret> settings, InstantSource clock);
}
