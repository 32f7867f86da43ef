package io.mcpoauth.runner.config;

import java.net.URI;

/**
 * The MCP server behind the proxy.
 *
 * @param url where it is
 * @param passesIdentityToken whether it gets a signed identity token with each request
 */
public record Upstream(URI url, boolean passesIdentityToken) {}
