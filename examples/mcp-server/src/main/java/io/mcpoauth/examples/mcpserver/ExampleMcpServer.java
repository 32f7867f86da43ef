package io.mcpoauth.examples.mcpserver;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.net.InetAddress;
import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * An MCP server on the official Java SDK. It does not know OAuth: it listens on loopback, where
 * only the proxy finds it, and learns from the proxy's headers who is calling.
 */
public final class ExampleMcpServer implements AutoCloseable {

  private static final int DEFAULT_PORT = 9000;

  private final Server jetty;
  private final McpSyncServer mcp;
  private final URI endpoint;

  private ExampleMcpServer(Server jetty, McpSyncServer mcp, URI endpoint) {
    this.jetty = jetty;
    this.mcp = mcp;
    this.endpoint = endpoint;
  }

  /** Runs the server until the process ends; the only argument is the port, 9000 if left out. */
  @SuppressWarnings("SystemOut") // It is a command.
  public static void main(String[] arguments) {
    int port = arguments.length == 0 ? DEFAULT_PORT : Integer.parseInt(arguments[0]);
    ExampleMcpServer server = start(port, Pace.halfSeconds());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("MCP server at " + server.endpoint());
  }

  /**
   * Starts the server.
   *
   * @param port the TCP port on loopback; 0 takes a free one
   * @param pace what the countdown waits for before each step
   * @throws IllegalStateException when the port is taken
   */
  public static ExampleMcpServer start(int port, Pace pace) {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/mcp")
            .contextExtractor(Caller::context)
            .build();
    McpSyncServer mcp =
        McpServer.sync(transport)
            .serverInfo("example-mcp-server", "1.0.0")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .tools(new ExampleTools(pace).all())
            .build();
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp");
    jetty.setHandler(context);
    try {
      jetty.start();
    } catch (Exception e) {
      throw new IllegalStateException("The MCP server does not start on port " + port, e);
    }
    String address = "http://" + connector.getHost() + ":" + connector.getLocalPort();
    return new ExampleMcpServer(jetty, mcp, URI.create(address + "/mcp"));
  }

  /** The address of the MCP endpoint, for example {@code http://127.0.0.1:9000/mcp}. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    mcp.closeGracefully();
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The MCP server does not stop", e);
    }
  }
}
