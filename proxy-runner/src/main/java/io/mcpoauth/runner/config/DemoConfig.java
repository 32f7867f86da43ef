package io.mcpoauth.runner.config;

import java.nio.file.Path;
import java.util.Set;

/**
 * What demo mode can be told; everything else it brings along.
 *
 * @param address of the proxy, on loopback; the two ports above it are the demo sign-in's and the
 *     sample MCP server's, fixed so that they survive restarts
 * @param folder for everything that is kept
 */
public record DemoConfig(ListenAddress address, Path folder) {

  static final int MAX_PORT = 65_533;
  static final Set<Setting> SETTINGS = Set.of(Setting.HOST, Setting.PORT, Setting.DATA_DIR);

  /** The port of the demo sign-in. */
  public int providerPort() {
    return address.port() + 1;
  }

  /** The port of the sample MCP server. */
  public int mcpServerPort() {
    return address.port() + 2;
  }
}
