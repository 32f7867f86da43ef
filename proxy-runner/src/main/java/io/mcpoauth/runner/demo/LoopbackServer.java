package io.mcpoauth.runner.demo;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server that is reachable from this machine alone. */
final class LoopbackServer implements AutoCloseable {
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 2;

  private final Server server;
  private final URI base;

  private LoopbackServer(Server server, URI base) {
    this.server = server;
    this.base = base;
  }

  /**
   * Binds and serves.
   *
   * @param address a loopback address; port 0 takes a free one
   * @param handler makes the handler once the server's own address is known
   * @throws IllegalArgumentException when other machines could reach the address
   */
  static LoopbackServer start(
      InetSocketAddress address, String name, Function<URI, Handler> handler) {
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "The %s is for this machine alone and does not listen on %s; use 127.0.0.1"
              .formatted(name, address));
    }
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName(name);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, http());
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    server.addConnector(connector);
    try {
      connector.open();
      URI base = base(connector);
      server.setHandler(new LocalNamesOnly(handler.apply(base)));
      server.start();
      return new LoopbackServer(server, base);
    } catch (Exception e) {
      connector.close();
      throw new IllegalStateException("The %s cannot listen on %s".formatted(name, address), e);
    }
  }

  /** The address of the server's root, without a slash at the end. */
  URI base() {
    return base;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The server at " + base + " did not stop", e);
    }
  }

  private static ConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    return new HttpConnectionFactory(configuration);
  }

  private static URI base(ServerConnector connector) throws URISyntaxException {
    return new URI("http", null, connector.getHost(), connector.getLocalPort(), null, null, null);
  }

  /**
   * Whether a host name can only mean this machine. DNS rebinding gives a web page access to
   * loopback under a name of its own.
   */
  static boolean isLocalName(String host) {
    return Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1").contains(host);
  }

  private static final class LocalNamesOnly extends Handler.Wrapper {
    LocalNamesOnly(Handler next) {
      super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (isLocalName(Request.getServerName(request))) {
        return super.handle(request, response, callback);
      }
      Response.writeError(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
      return true;
    }
  }
}
