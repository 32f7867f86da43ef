package io.mcpoauth.runner.config;

import java.net.URI;

/**
 * What the commands on clients and on the issuer need.
 *
 * @param issuer to which no client may redirect, and which storage belongs to
 * @param storage where clients are kept
 */
public record ClientsConfig(URI issuer, StorageConfig storage) {}
