package io.mcpoauth.runner.config;

import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.jdbc.PostgresDsn;

/**
 * What it takes to open what is kept.
 *
 * @param database where it is
 * @param encryption the keys that it is encrypted with
 */
public record SealedStorageConfig(PostgresDsn database, KeyRing encryption) {}
