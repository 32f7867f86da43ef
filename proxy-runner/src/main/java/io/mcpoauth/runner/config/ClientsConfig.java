package io.mcpoauth.runner.config;

import java.net.URI;

/**
 * What it takes to make clients.
 *
 * @param issuer to which no client may redirect
 * @param storage where clients are kept
 */
public record ClientsConfig(URI issuer, StorageConfig storage) {}
