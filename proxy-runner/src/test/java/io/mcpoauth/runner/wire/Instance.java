package io.mcpoauth.runner.wire;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.runner.jetty.HttpServer;
import io.mcpoauth.runner.proxy.McpProxyHandler;
import io.mcpoauth.runner.proxy.ProxyHttpClient;
import io.mcpoauth.runner.proxy.Timing;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.forward.AllowedOrigins;
import io.mcpoauth.servlet.forward.McpGate;
import io.mcpoauth.servlet.forward.McpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One instance of the product behind its HTTP server, put together as the runner does it.
 *
 * @param port where it listens, whatever its issuer says
 * @param clock the instance's own clock
 */
record Instance(
    int port, AuthorizationServer server, Storage storage, HttpServer http, ShiftedClock clock)
    implements AutoCloseable {

  private static final Timing TIMING = new Timing(Duration.ofMinutes(10), Duration.ofSeconds(25));

  static Instance start(
      int port, AuthorizationServer server, Storage storage, URI mcpServer, ShiftedClock clock) {
    McpGate gate =
        new McpGate(
            server,
            List.of(new McpServer(server.settings().resources().get(0), mcpServer, false)),
            AllowedOrigins.any(),
            SecretSource.system());
    try {
      HttpServer http =
          HttpServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
              (waiting, next) ->
                  new McpProxyHandler(gate, new ProxyHttpClient(), TIMING, waiting, next),
              new OAuthServlet(server, SecretSource.system()));
      return new Instance(port, server, storage, http, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path of this instance as an absolute URI. */
  URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  @Override
  public void close() {
    http.drainAndStop();
    server.close();
    storage.close();
  }
}
