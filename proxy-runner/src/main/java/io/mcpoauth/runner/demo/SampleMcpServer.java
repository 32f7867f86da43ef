package io.mcpoauth.runner.demo;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A small MCP server to put behind the proxy: it says who is calling, adds numbers and streams
 * progress. It trusts the identity headers of whoever calls it, and so listens on loopback only.
 */
public final class SampleMcpServer implements AutoCloseable {
  private final LoopbackServer server;
  private final McpEndpoint endpoint;

  private SampleMcpServer(LoopbackServer server, McpEndpoint endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts the server.
   *
   * @param address a loopback address; port 0 takes a free one
   * @throws IllegalArgumentException when the address is not loopback
   * @throws IllegalStateException when the port is taken
   */
  public static SampleMcpServer start(InetSocketAddress address) {
    McpEndpoint endpoint = new McpEndpoint();
    return new SampleMcpServer(
        LoopbackServer.start(address, "sample-mcp-server", base -> endpoint), endpoint);
  }

  /** The MCP endpoint, for example {@code http://127.0.0.1:9001/mcp}. */
  public URI endpoint() {
    return server.base().resolve(McpEndpoint.PATH);
  }

  /** How many countdowns are under way. */
  int runningCountdowns() {
    return endpoint.runningCountdowns();
  }

  @Override
  public void close() {
    server.close();
  }
}
