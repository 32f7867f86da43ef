package io.mcpoauth.runner.wire;

import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.AuthorizationServerBuilder;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.contract.ScriptedProvider;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.servlet.contract.FreePorts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Two instances of the product on one PostgreSQL, with a provider that vouches for whom a test
 * likes, and an MCP server behind them. The clocks of all three are in the test's hand.
 */
final class TwoInstances implements AutoCloseable {

  private static final KeyRing KEYS =
      KeyRing.ofBase64(List.of(Secret.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")));
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 8;

  final URI issuer;
  final ScriptedProvider provider = new ScriptedProvider("idp");
  final McpServerStub mcpServer = new McpServerStub();
  final TestDatabase database = TestPostgres.migratedDatabase();
  final Instance one;
  final Instance other;
  private Duration ahead = Duration.ZERO;

  /**
   * What a test may want otherwise.
   *
   * @param lifetimes how long things live
   * @param build changes how the server is put together
   * @param storage opens the storage of one instance
   */
  record Setup(
      Lifetimes lifetimes,
      UnaryOperator<AuthorizationServerBuilder> build,
      Function<TestDatabase, Storage> storage) {

    static Setup standard() {
      return new Setup(
          Lifetimes.standard(),
          UnaryOperator.identity(),
          database -> PostgresStorage.connect(database.dsn(), CONNECTIONS));
    }

    Setup with(Lifetimes other) {
      return new Setup(other, build, storage);
    }

    Setup built(UnaryOperator<AuthorizationServerBuilder> other) {
      return new Setup(lifetimes, other, storage);
    }

    Setup on(Function<TestDatabase, Storage> other) {
      return new Setup(lifetimes, build, other);
    }
  }

  private TwoInstances(Setup setup) {
    int port = FreePorts.next(2);
    issuer = URI.create("http://localhost:" + port);
    one = instance(port, setup);
    other = instance(port + 1, setup);
    awaitCurrent();
  }

  static TwoInstances start() {
    return start(Setup.standard());
  }

  static TwoInstances start(Setup setup) {
    return new TwoInstances(setup);
  }

  /** One more instance on the same database, with the same issuer; the caller closes it. */
  Instance another(Setup different) {
    Instance started = instance(FreePorts.next(1), different);
    awaitCurrent(started);
    return started;
  }

  /** The same in front of another MCP server. */
  Instance anotherBefore(URI otherMcpServer) {
    Instance started = instance(FreePorts.next(1), Setup.standard(), otherMcpServer);
    awaitCurrent(started);
    return started;
  }

  private Instance instance(int port, Setup how) {
    return instance(port, how, mcpServer.url());
  }

  private Instance instance(int port, Setup how, URI upstream) {
    ProtectedResource resource =
        new ProtectedResource(
            ResourceUri.parse(issuer + "/mcp").orElseThrow(),
            Scopes.of("read", "write"),
            Scopes.of("read"));
    ServerSettings settings =
        new ServerSettings(issuer, List.of(resource), Scopes.of("read", "write"), how.lifetimes());
    Storage storage = how.storage().apply(database);
    ShiftedClock clock = new ShiftedClock();
    clock.ahead(ahead);
    AuthorizationServer server =
        how.build()
            .apply(
                AuthorizationServer.builder(settings, storage, KEYS, List.of(provider))
                    .clock(clock))
            .build();
    return Instance.start(port, server, storage, upstream, clock);
  }

  List<Instance> both() {
    return List.of(one, other);
  }

  /** Moves all clocks forward, and waits until the instances have seen it. */
  void advance(Duration by) {
    ahead = ahead.plus(by);
    database.setClockAhead(ahead);
    both().forEach(instance -> instance.clock().ahead(ahead));
    // Makes the instances look at the change feed at once, and so notice the time.
    one.storage()
        .grants()
        .revokeAccessToken("at " + ahead, "none", one.clock().instant().plusSeconds(60));
    awaitCurrent();
  }

  private void awaitCurrent() {
    both().forEach(TwoInstances::awaitCurrent);
  }

  private static void awaitCurrent(Instance instance) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> instance.server().isReady());
  }

  /** How many rows the flow has left behind so far. */
  long factsOfFlows() {
    return database.number(
        "select (select count(*) from mcp_oauth.logins) + (select count(*) from mcp_oauth.grants)"
            + " + (select count(*) from mcp_oauth.authorization_codes)");
  }

  @Override
  public void close() {
    both().forEach(Instance::close);
    mcpServer.close();
  }
}
