package io.mcpoauth.runner.proxy;

import java.time.Duration;

/**
 * How long the proxy waits.
 *
 * @param answer until an MCP server begins its answer; zero for as long as it takes
 * @param heartbeat after how long a silence event streams get a comment; zero for never
 */
public record Timing(Duration answer, Duration heartbeat) {}
