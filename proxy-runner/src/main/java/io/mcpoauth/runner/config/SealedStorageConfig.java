package io.mcpoauth.runner.config;

import io.mcpoauth.core.secret.KeyRing;

/**
 * What it takes to open what is kept.
 *
 * @param storage where it is
 * @param encryption the keys that it is encrypted with
 */
public record SealedStorageConfig(StorageConfig storage, KeyRing encryption) {}
