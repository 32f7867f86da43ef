package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.config.StorageConfig;
import io.mcpoauth.runner.jetty.HttpServer;
import java.net.URI;
import java.time.Duration;
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
   * @throws StartFailure when the address cannot be listened on, or a storage plug-in does not open
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
      Preparation preparation = parts.add(new Preparation(config.storage()));
      preparation.awaitTables(DATABASE_PATIENCE);
      SecretSource random = SecretSource.system();
      Storage storage = parts.add(open(config.storage()));
      List<IdentityProvider> providers = SignInProviders.of(config.signIn());
      AuthorizationServer server =
          parts.add(
              AuthorizationServer.builder(
                      config.server(), storage, config.keys().encryption(), providers)
                  .random(random)
                  .cleanUpInterval(config.intervals().cleanUp())
                  .accessPolicy(config.signIn().policy())
                  .credentials(SignInProviders.trustedIssuers(config.signIn()))
                  .consentMemory(config.signIn().consentMemory())
                  .signingKeyAge(config.keys().signingKeyAge())
                  .registration(config.clients().registration())
                  .clientDocuments(config.clients().documents())
                  .clientLimit(config.limits().perClient())
                  .grantLimit(config.limits().perGrant())
                  .forgedTokenLimit(config.limits().forgedTokens())
                  .build());
      HttpServer http = new Front(config, server, random).open(parts);
      announce(config, providers);
      preparation.finish(server);
      ProviderWarmUp.begin(providers, URI.create(config.server().endpoint("/callback")), random);
      return new RunningProxy(server, http, parts);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static Storage open(StorageConfig config) {
    try {
      return config.open(PostgresStorage.DEFAULT_POOL_SIZE);
    } catch (StorageException e) {
      throw new StartFailure("The storage failed: " + Causes.describe(e), e);
    }
  }

  private static void announce(RunnerConfig config, List<IdentityProvider> providers) {
    log.info(
        "MCP OAuth Proxy {} on Java {} listens on {}:{}{}; issuer {}; MCP servers {}; providers {}",
        Version.current(),
        Runtime.version().feature(),
        config.address().host().getHostAddress(),
        config.address().port(),
        config.forwardAuth().map(asked -> ", for a web server on " + asked.port()).orElse(""),
        config.server().issuer(),
        config.mcpServers().stream()
            .map(server -> server.resource().uri().path() + " at " + server.url())
            .toList(),
        providers.stream().map(IdentityProvider::id).toList());
  }
}
