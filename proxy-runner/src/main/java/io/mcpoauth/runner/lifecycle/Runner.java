package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.Schema;
import io.mcpoauth.runner.config.LimitsConfig;
import io.mcpoauth.runner.config.ListenAddress;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.jetty.HostCheck;
import io.mcpoauth.runner.jetty.HttpServer;
import io.mcpoauth.runner.proxy.McpProxyHandler;
import io.mcpoauth.runner.proxy.ProxyHttpClient;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.forward.McpGate;
import io.mcpoauth.servlet.limit.AddressLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the proxy together from its configuration. */
public final class Runner {

  private static final Logger log = LoggerFactory.getLogger(Runner.class);

  /** A database that is up has its tables by then, and the first request finds it ready. */
  private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(2);

  private Runner() {}

  /**
   * Starts the proxy. The database need not answer yet.
   *
   * @throws StartFailure when the address cannot be listened on
   */
  public static RunningProxy start(RunnerConfig config) {
    return start(config, new OpenParts());
  }

  /**
   * Starts the proxy on parts that were started for it, and closes them when it stops or fails to
   * start.
   */
  static RunningProxy start(RunnerConfig config, OpenParts parts) {
    try {
      Preparation preparation = parts.add(new Preparation(Schema.at(config.database())));
      preparation.awaitTables(DATABASE_PATIENCE);
      SecretSource random = SecretSource.system();
      PostgresStorage storage =
          parts.add(PostgresStorage.connect(config.database(), PostgresStorage.DEFAULT_POOL_SIZE));
      List<IdentityProvider> providers = SignInProviders.of(config.signIn());
      AuthorizationServer server =
          parts.add(
              AuthorizationServer.builder(
                      config.server(), storage, config.keys().encryption(), providers)
                  .random(random)
                  .cleanUpInterval(config.intervals().cleanUp())
                  .accessPolicy(config.signIn().policy())
                  .consentMemory(config.signIn().consentMemory())
                  .signingKeyAge(config.keys().signingKeyAge())
                  .clientLimit(config.limits().perClient())
                  .grantLimit(config.limits().perGrant())
                  .build());
      McpGate gate =
          new McpGate(
              server,
              config.mcpServers(),
              config.web().origins(),
              random,
              config.limits().proxies());
      HttpServer http = listen(config, server, gate, random);
      announce(config, providers);
      preparation.finish(server);
      ProviderWarmUp.begin(providers, URI.create(config.server().endpoint("/callback")), random);
      return new RunningProxy(server, http, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static HttpServer listen(
      RunnerConfig config, AuthorizationServer server, McpGate gate, SecretSource random) {
    ListenAddress address = config.address();
    try {
      return HttpServer.start(
          new InetSocketAddress(address.host(), address.port()),
          next ->
              new HostCheck(
                  config.web().hosts(),
                  config.server().pathPrefix(),
                  new McpProxyHandler(
                      gate, new ProxyHttpClient(), config.intervals().heartbeat(), next)),
          new OAuthServlet(server, random, addressLimits(config.limits())));
    } catch (IOException e) {
      throw ListenFailures.of(address.host(), address.port(), e);
    }
  }

  private static AddressLimits addressLimits(LimitsConfig limits) {
    return new AddressLimits(
        limits.perAddress(), limits.registrations(), limits.proxies(), InstantSource.system());
  }

  private static void announce(RunnerConfig config, List<IdentityProvider> providers) {
    log.info(
        "MCP OAuth Proxy {} on Java {} listens on {}:{}; issuer {}; MCP servers {}; providers {}",
        Version.current(),
        Runtime.version().feature(),
        config.address().host().getHostAddress(),
        config.address().port(),
        config.server().issuer(),
        config.mcpServers().stream()
            .map(server -> server.resource().uri().path() + " at " + server.url())
            .toList(),
        providers.stream().map(IdentityProvider::id).toList());
  }
}
