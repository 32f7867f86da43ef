package io.mcpoauth.runner.jetty;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: a proxy for the MCP routes, and a servlet for everything else. */
public final class HttpServer {

  /** The most that a stop takes. */
  public static final Duration MAX_DRAIN = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final Duration STREAM_PATIENCE = Duration.ofSeconds(20);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** Else the system buffers megabytes for each client that does not read (SL-03). */
  private static final int SEND_BUFFER_BYTES = 256 * 1024;

  private static final int REQUEST_HEADER_BYTES = 16 * 1024;
  private static final int RESPONSE_HEADER_BYTES = 32 * 1024;

  private final Server server;

  private HttpServer(Server server) {
    this.server = server;
  }

  /**
   * Listens and serves.
   *
   * @param proxy wraps the handler that gets what the proxy leaves alone, which has to be called on
   *     that executor, since it waits
   * @throws IOException when the address cannot be listened on
   */
  public static HttpServer start(
      InetSocketAddress address, BiFunction<Executor, Handler, Handler> proxy, Servlet servlet)
      throws IOException {
    return start(address, proxy, servlet, Patience.standard());
  }

  /** The same with other than the standard patience. */
  static HttpServer start(
      InetSocketAddress address,
      BiFunction<Executor, Handler, Handler> proxy,
      Servlet servlet,
      Patience patience)
      throws IOException {
    QueuedThreadPool threads = new ConnectionThreads();
    Server server = new Server(threads);
    Executor waiting = waiting(threads);
    ServerConnector connector = new ServerConnector(server, new StrictConnection.Factory(http()));
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    server.addConnector(connector);
    PlainErrors errors = new PlainErrors();
    server.setErrorHandler(errors);
    Handler proxied =
        proxy.apply(waiting, new BodiesFirst(context(servlet, errors), waiting, patience.body()));
    SlowConnections watched =
        new SlowConnections(
            new GracefulHandler(
                new StreamEndingHandler(new StrictRequests(proxied), STREAM_PATIENCE)),
            patience);
    server.setHandler(watched);
    connector.addEventListener(watched);
    if (server.getInvocationType() != InvocationType.NON_BLOCKING) {
      throw new IllegalArgumentException("a handler may wait, in the thread of all connections");
    }
    server.setStopTimeout(MAX_DRAIN.toMillis());
    connector.open();
    try {
      server.start();
    } catch (Exception e) {
      connector.close();
      throw new IllegalStateException("the HTTP server does not start", e);
    }
    return new HttpServer(server);
  }

  /** The port that is listened on. */
  int port() {
    return ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
  }

  /**
   * Stops taking requests, lets those under way end, and ends streams, within {@link #MAX_DRAIN}.
   *
   * @return whether all requests came to their end
   */
  public boolean drainAndStop() {
    try {
      server.stop();
      return true;
    } catch (Exception e) {
      log.warn("Some requests were cut off by the stop of the server ({})", e.toString());
      return false;
    }
  }

  /** Threads that may wait are plenty, where the JVM has light ones. */
  private static Executor waiting(Executor threads) {
    return VirtualThreads.areSupported()
        ? VirtualThreads.getDefaultVirtualThreadsExecutor()
        : threads;
  }

  private static HttpConfiguration http() {
    HttpConfiguration configuration = new HttpConfiguration();
    // Else lines may end in a bare LF, which others take for part of a value (HP-05).
    configuration.setHttpCompliance(HttpCompliance.STRICT);
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    // A cache of header fields takes 100 kB from the second request of each connection on (SL-04).
    configuration.setHeaderCacheSize(0);
    configuration.setRequestHeaderSize(REQUEST_HEADER_BYTES);
    configuration.setResponseHeaderSize(RESPONSE_HEADER_BYTES);
    configuration.setMaxResponseHeaderSize(RESPONSE_HEADER_BYTES);
    return configuration;
  }

  private static ServletContextHandler context(Servlet servlet, PlainErrors errors) {
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    context.setContextPath("/");
    context.setErrorHandler(errors);
    context.addServlet(new ServletHolder(servlet), "/*");
    return context;
  }
}
