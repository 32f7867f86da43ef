package io.mcpoauth.runner.config;

import io.mcpoauth.jdbc.PostgresDsn;
import java.net.URI;

/**
 * What it takes to make clients.
 *
 * @param issuer to which no client may redirect
 * @param database where clients are kept
 */
public record ClientsConfig(URI issuer, PostgresDsn database) {}
