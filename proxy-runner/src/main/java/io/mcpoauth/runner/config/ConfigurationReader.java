package io.mcpoauth.runner.config;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.spi.storage.StorageFactory;
import io.mcpoauth.servlet.forward.AllowedOrigins;
import io.mcpoauth.servlet.forward.McpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From the values of settings to configurations. Opens nothing; finds all problems at once. */
public final class ConfigurationReader {

  private final SettingValues values;

  /** A reader of these values. */
  public ConfigurationReader(SettingValues values) {
    this.values = values;
  }

  /** What the proxy needs to run for real. */
  public ConfigurationOutcome<RunnerConfig> proxy() {
    CheckedValues checked = new CheckedValues(values);
    Mode mode = checked.read(Setting.MODE, SettingParsers::mode).orElse(Mode.PROXY);
    Optional<ListenAddress> address = address(checked);
    Optional<ListenAddress> forwardAuth =
        mode == Mode.FORWARD_AUTH
            ? address.flatMap(given -> forwardAuth(checked, given))
            : Optional.empty();
    Optional<URI> issuer = issuer(checked);
    Set<String> hosts = checked.readList(Setting.ALLOWED_HOSTS, UrlRules::hosts);
    AllowedOrigins origins =
        checked
            .readIfGiven(Setting.ALLOWED_ORIGINS, UrlRules::origins)
            .orElseGet(AllowedOrigins::standard);
    Optional<Scopes> scopes = checked.read(Setting.SCOPES_SUPPORTED, SettingParsers::scopes);
    List<McpRoute> routes = new McpRoutesReader(checked, scopes, mode).read();
    Optional<Plugins> plugins = plugins(checked);
    SignInConfig signIn = new SignInReader(checked, scopes.orElse(Scopes.none()), plugins).read();
    ClientRules clients = new ClientRulesReader(checked).read();
    LimitsConfig limits = new LimitsReader(checked).read();
    Optional<StorageConfig> storage = storage(checked, plugins);
    Optional<Intervals> intervals = intervals(checked);
    Optional<KeyRing> keys = encryptionKeys(checked);
    Optional<Duration> signingKeyAge = checked.read(Setting.SIGNING_KEY_DAYS, SettingParsers::days);
    return checked.outcome(
        () ->
            assemble(
                address.orElseThrow(),
                forwardAuth,
                issuer.orElseThrow(),
                WebAccess.of(issuer.orElseThrow(), hosts, origins),
                scopes.orElseThrow(),
                routes,
                limits,
                clients,
                signIn,
                storage.orElseThrow(),
                intervals.orElseThrow(),
                new KeysConfig(keys.orElseThrow(), signingKeyAge.orElseThrow())));
  }

  /** What the commands on storage need. */
  public ConfigurationOutcome<StorageConfig> storageAlone() {
    CheckedValues checked = new CheckedValues(values);
    Optional<StorageConfig> storage = storage(checked, plugins(checked));
    return checked.outcome(storage::orElseThrow);
  }

  /** What the commands that make clients and that change the issuer need. */
  public ConfigurationOutcome<ClientsConfig> clients() {
    CheckedValues checked = new CheckedValues(values);
    Optional<URI> issuer = issuer(checked);
    Optional<StorageConfig> storage = storage(checked, plugins(checked));
    return checked.outcome(() -> new ClientsConfig(issuer.orElseThrow(), storage.orElseThrow()));
  }

  /** What the commands on keys need. */
  public ConfigurationOutcome<SealedStorageConfig> sealedStorage() {
    CheckedValues checked = new CheckedValues(values);
    Optional<StorageConfig> storage = storage(checked, plugins(checked));
    Optional<KeyRing> keys = encryptionKeys(checked);
    return checked.outcome(
        () -> new SealedStorageConfig(storage.orElseThrow(), keys.orElseThrow()));
  }

  /** What demo mode can be told. */
  public ConfigurationOutcome<DemoConfig> demo() {
    CheckedValues checked = new CheckedValues(values);
    Optional<ListenAddress> address = address(checked);
    Optional<Path> folder = checked.read(Setting.DATA_DIR, SettingParsers::folder);
    address.ifPresent(
        given -> {
          checked.require(Setting.HOST, given.isLoopback(), "demo mode is for this machine alone");
          checked.require(
              Setting.PORT,
              given.port() <= DemoConfig.MAX_PORT,
              "demo mode needs the two ports above it as well");
        });
    checked.warnOfUnused(DemoConfig.SETTINGS, "demo mode brings its own");
    return checked.outcome(() -> new DemoConfig(address.orElseThrow(), folder.orElseThrow()));
  }

  /** A configuration of the parts, the same for real and in demo mode. */
  public static RunnerConfig assemble(
      ListenAddress address,
      Optional<ListenAddress> forwardAuth,
      URI issuer,
      WebAccess web,
      Scopes scopes,
      List<McpRoute> routes,
      LimitsConfig limits,
      ClientRules clients,
      SignInConfig signIn,
      StorageConfig storage,
      Intervals intervals,
      KeysConfig keys) {
    List<McpServer> mcpServers = routes.stream().map(route -> route.at(issuer, scopes)).toList();
    List<ProtectedResource> resources = mcpServers.stream().map(McpServer::resource).toList();
    return new RunnerConfig(
        address,
        forwardAuth,
        web,
        new ServerSettings(issuer, resources, scopes, Lifetimes.standard()),
        mcpServers,
        limits,
        clients,
        signIn,
        storage,
        intervals,
        keys);
  }

  private static Optional<Intervals> intervals(CheckedValues checked) {
    Optional<Duration> heartbeat =
        checked.read(Setting.STREAM_HEARTBEAT_SECONDS, SettingParsers::seconds);
    Optional<Duration> answer =
        checked.read(Setting.MCP_SERVER_TIMEOUT_SECONDS, SettingParsers::seconds);
    Optional<Duration> cleanUp = checked.read(Setting.CLEANUP_MINUTES, SettingParsers::minutes);
    return cleanUp.flatMap(
        clean -> heartbeat.flatMap(beat -> answer.map(wait -> new Intervals(clean, beat, wait))));
  }

  private static Optional<ListenAddress> address(CheckedValues checked) {
    Optional<Integer> port = checked.read(Setting.PORT, SettingParsers::port);
    return checked
        .read(Setting.HOST, SettingParsers::host)
        .flatMap(host -> port.map(number -> new ListenAddress(host, number)));
  }

  private static Optional<ListenAddress> forwardAuth(CheckedValues checked, ListenAddress address) {
    Optional<Integer> port = checked.read(Setting.FORWARD_AUTH_PORT, SettingParsers::port);
    checked.require(
        Setting.FORWARD_AUTH_PORT,
        port.isEmpty() || port.get() != address.port(),
        "it must be another one than PORT");
    return port.map(number -> new ListenAddress(address.host(), number));
  }

  private static Optional<URI> issuer(CheckedValues checked) {
    Optional<String> prefix = checked.read(Setting.ROUTE_PREFIX, UrlRules::routePrefix);
    return checked
        .read(Setting.BASE_URL, UrlRules::baseUrl)
        .flatMap(base -> prefix.map(path -> URI.create(base + path)));
  }

  private static Optional<KeyRing> encryptionKeys(CheckedValues checked) {
    return checked.read(Setting.ENCRYPTION_KEY, SettingParsers::keys);
  }

  private static Optional<Plugins> plugins(CheckedValues checked) {
    return checked.read(Setting.PLUGIN_DIR, Plugins::in);
  }

  private static Optional<StorageConfig> storage(CheckedValues checked, Optional<Plugins> plugins) {
    if (!checked.isAnyGiven(Set.of(Setting.STORAGE_PLUGIN))) {
      return checked
          .readRequired(Setting.DATABASE_DSN, SettingParsers::database)
          .map(StorageConfig.Postgres::new);
    }
    checked.require(
        Setting.STORAGE_PLUGIN,
        !checked.isAnyGiven(Set.of(Setting.DATABASE_DSN)),
        "DATABASE_DSN is given as well; keep one");
    return plugins.flatMap(
        found ->
            checked.read(
                Setting.STORAGE_PLUGIN,
                id ->
                    new StorageConfig.Plugin(
                        found.find(StorageFactory.class, StorageFactory::id, id),
                        checked.settingsOf(id))));
  }
}
