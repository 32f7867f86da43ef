package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.AgreementStore.Term;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.jdbc.PostgresDsn;
import io.mcpoauth.runner.config.ClientRules;
import io.mcpoauth.runner.config.ConfigurationReader;
import io.mcpoauth.runner.config.DemoConfig;
import io.mcpoauth.runner.config.Intervals;
import io.mcpoauth.runner.config.KeysConfig;
import io.mcpoauth.runner.config.LimitsConfig;
import io.mcpoauth.runner.config.McpRoute;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.config.SignInConfig;
import io.mcpoauth.runner.config.StorageConfig;
import io.mcpoauth.runner.config.WebAccess;
import io.mcpoauth.runner.demo.DemoClient;
import io.mcpoauth.runner.demo.DemoSignInProvider;
import io.mcpoauth.runner.demo.SampleMcpServer;
import io.mcpoauth.runner.file.PrivateFiles;
import io.mcpoauth.runner.postgres.EmbeddedPostgresql;
import io.mcpoauth.servlet.forward.AllowedOrigins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The proxy with everything that it needs around it, on this machine alone: a PostgreSQL, a sign-in
 * without passwords, and a small MCP server. What was granted survives a restart.
 */
public final class DemoMode {

  private static final String CLIENT_ID = "mcp-oauth-proxy";
  private static final Scopes SCOPES = Scopes.of("openid", "profile", "email");
  private static final int KEY_BYTES = 32;

  /** A class of the jar that holds the database, which is not part of the small runnable jar. */
  private static final String DATABASE_MARKER =
      "/io/zonky/test/db/postgres/embedded/DefaultPostgresBinaryResolver.class";

  private final DemoConfig config;
  private final SecretSource random = SecretSource.system();
  private final OpenParts parts = new OpenParts();

  private DemoMode(DemoConfig config) {
    this.config = config;
  }

  /**
   * Starts everything.
   *
   * @throws StartFailure when a port is taken, the folder cannot be used, or the program was
   *     installed without its database
   * @throws io.mcpoauth.runner.postgres.EmbeddedPostgresqlException when the database does not
   *     start
   */
  public static RunningProxy start(DemoConfig config) {
    if (DemoMode.class.getResource(DATABASE_MARKER) == null) {
      throw new StartFailure(
          "Demo mode needs demo-postgres.jar beside proxy-runner.jar; the build makes both in"
              + " proxy-runner/target. To run on a PostgreSQL of your own, leave out --demo and set"
              + " DATABASE_DSN.");
    }
    DemoMode demo = new DemoMode(config);
    try {
      return demo.start();
    } catch (IOException e) {
      demo.parts.close();
      throw new StartFailure(
          "The folder %s cannot be used (%s). Choose another with --data-dir."
              .formatted(config.folder(), e.toString()),
          e);
    } catch (RuntimeException e) {
      demo.parts.close();
      throw e;
    }
  }

  private RunningProxy start() throws IOException {
    InetAddress host = config.address().host();
    for (int port :
        List.of(config.address().port(), config.providerPort(), config.mcpServerPort())) {
      ListenFailures.requireFree(host, port);
    }
    Path folder = PrivateFiles.createFolder(config.folder());
    KeyRing keys = keys(folder);
    EmbeddedPostgresql database =
        parts.add(EmbeddedPostgresql.start(folder.resolve("postgres"), random));
    // A name and not an address: cookies and redirect URIs of clients are made for localhost.
    URI issuer = URI.create("http://localhost:" + config.address().port());
    ProviderSettings provider = signIn(host, issuer, folder);
    SampleMcpServer mcpServer =
        parts.add(SampleMcpServer.start(new InetSocketAddress(host, config.mcpServerPort())));
    StorageConfig storage = new StorageConfig.Postgres(PostgresDsn.parse(database.dsn()));
    takeOver(storage, issuer);
    RunnerConfig runnerConfig =
        ConfigurationReader.assemble(
            config.address(),
            Optional.empty(),
            issuer,
            WebAccess.of(issuer, Set.of(), AllowedOrigins.standard()),
            SCOPES,
            List.of(McpRoute.standard(mcpServer.endpoint())),
            LimitsConfig.standard(),
            ClientRules.standard(),
            SignInConfig.at(provider),
            storage,
            Intervals.standard(),
            KeysConfig.of(keys));
    return Runner.start(runnerConfig, parts);
  }

  /** The folder may have been used at another port, which made another issuer. */
  private static void takeOver(StorageConfig config, URI issuer) {
    config.prepare();
    try (Storage storage = config.open(1)) {
      storage.agreements().change(Term.ISSUER, issuer.toString());
    }
  }

  private KeyRing keys(Path folder) throws IOException {
    String key =
        PrivateFiles.readOrCreate(
            folder.resolve("encryption-key"),
            () -> Base64.getEncoder().encodeToString(random.bytes(KEY_BYTES)));
    try {
      return KeyRing.ofBase64(List.of(Secret.of(key)));
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "%s %s. Restore it, or move %s away to start afresh."
              .formatted(folder.resolve("encryption-key"), e.getMessage(), folder));
    }
  }

  private ProviderSettings signIn(InetAddress host, URI issuer, Path folder) {
    Secret clientSecret = random.secret();
    DemoClient client =
        new DemoClient(CLIENT_ID, clientSecret, Set.of(URI.create(issuer + "/callback")));
    DemoSignInProvider provider =
        parts.add(
            DemoSignInProvider.start(
                new InetSocketAddress(host, config.providerPort()),
                client,
                folder.resolve("demo-sign-in-key"),
                InstantSource.system(),
                random));
    return ProviderSettings.builder("demo", provider.issuer().toString(), CLIENT_ID)
        .displayName("the demo sign-in")
        .clientSecret(clientSecret)
        .build();
  }
}
