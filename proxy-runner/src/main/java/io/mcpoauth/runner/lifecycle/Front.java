package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.runner.config.LimitsConfig;
import io.mcpoauth.runner.config.ListenAddress;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.jetty.DescriptorCheck;
import io.mcpoauth.runner.jetty.HostCheck;
import io.mcpoauth.runner.jetty.HttpServer;
import io.mcpoauth.runner.proxy.McpProxyHandler;
import io.mcpoauth.runner.proxy.ProxyHttpClient;
import io.mcpoauth.runner.proxy.Timing;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.forward.ForwardAuth;
import io.mcpoauth.servlet.forward.McpGate;
import io.mcpoauth.servlet.internal.proxy.ForwardAuthServlet;
import io.mcpoauth.servlet.limit.AddressLimits;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.eclipse.jetty.server.Handler;

/** What listens: for everybody, and in forward-auth mode for the web server alone. */
final class Front {

  private final RunnerConfig config;
  private final AuthorizationServer server;
  private final SecretSource random;

  Front(RunnerConfig config, AuthorizationServer server, SecretSource random) {
    this.config = config;
    this.server = server;
    this.random = random;
  }

  /**
   * Begins to listen.
   *
   * @param parts gets what serves the web server, which has questions until the very end
   */
  HttpServer open(OpenParts parts) {
    config
        .forwardAuth()
        .ifPresent(
            address -> {
              HttpServer asked = listen(address, (waiting, next) -> next, forwardAuth());
              parts.add(asked::drainAndStop);
            });
    String prefix = config.server().pathPrefix();
    return listen(
        config.address(),
        (waiting, next) ->
            new HostCheck(
                config.web().hosts(),
                prefix,
                new DescriptorCheck(prefix, mcpServers(waiting, next))),
        new OAuthServlet(server, random, addressLimits(config.limits())));
  }

  private Handler mcpServers(Executor waiting, Handler next) {
    if (config.forwardAuth().isPresent()) {
      return next;
    }
    McpGate gate =
        new McpGate(
            server, config.mcpServers(), config.web().origins(), random, config.limits().proxies());
    Timing timing = new Timing(config.intervals().answer(), config.intervals().heartbeat());
    return new McpProxyHandler(gate, new ProxyHttpClient(), timing, waiting, next);
  }

  private Servlet forwardAuth() {
    return new ForwardAuthServlet(
        new ForwardAuth(
            server, config.mcpServers(), config.web().origins(), random, config.limits().proxies()),
        config.server());
  }

  private static HttpServer listen(
      ListenAddress address, BiFunction<Executor, Handler, Handler> handlers, Servlet servlet) {
    try {
      return HttpServer.start(
          new InetSocketAddress(address.host(), address.port()), handlers, servlet);
    } catch (IOException e) {
      throw ListenFailures.of(address.host(), address.port(), e);
    }
  }

  private static AddressLimits addressLimits(LimitsConfig limits) {
    return new AddressLimits(
        limits.perAddress(), limits.registrations(), limits.proxies(), InstantSource.system());
  }
}
