package io.mcpoauth.runner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.ConfigurationOutcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationReaderTest {

  @Test
  void completeEnvironmentBecomesAConfiguration() {
    RunnerConfig config =
        configured(GivenSettings.complete().with(Setting.ROUTE_PREFIX, "/auth").read());

    assertThat(config.address()).hasToString("ListenAddress[host=/127.0.0.1, port=8080]");
    assertThat(config.server().issuer()).hasToString("http://localhost:18080/auth");
    assertThat(config.server().scopesSupported())
        .isEqualTo(Scopes.of("openid", "profile", "email"));
    assertThat(config.mcpServers().get(0).resource().uri())
        .hasToString("http://localhost:18080/auth/mcp");
    assertThat(config.toString()).doesNotContain(GivenSettings.CANARY);
  }

  @Test
  void limitsAreReadAndHaveStandards() {
    assertThat(configured(GivenSettings.complete().read()).limits())
        .isEqualTo(LimitsConfig.standard());

    LimitsConfig limits =
        configured(
                GivenSettings.complete()
                    .with(Setting.RATE_LIMIT_PER_ADDRESS, "60/second")
                    .with(Setting.RATE_LIMIT_REGISTRATIONS, "off")
                    .with(Setting.TRUSTED_PROXIES, "127.0.0.1 10.0.0.0/8")
                    .read())
            .limits();
    assertThat(limits.perAddress()).isEqualTo(new RateLimit(60, Duration.ofSeconds(1)));
    assertThat(limits.registrations()).isEqualTo(RateLimit.none());
    assertThat(limits.proxies().clientOf("10.9.8.7", List.of("192.0.2.1"))).isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMIT_PER_ADDRESS, 0/minute",
    "RATE_LIMIT_PER_ADDRESS, -1/minute",
    "RATE_LIMIT_PER_ADDRESS, 600",
    "RATE_LIMIT_PER_CLIENT, 600/day",
    "RATE_LIMIT_PER_CLIENT, 1000001/minute",
    "RATE_LIMIT_PER_GRANT, 600 / minute",
    "TRUSTED_PROXIES, 0.0.0.0/0",
    "TRUSTED_PROXIES, ::/0",
    "TRUSTED_PROXIES, proxy.example.com",
    "TRUSTED_PROXIES, 10.0.0.0/33"
  })
  void limitsThatCannotWorkAreRefused_CF04_CF06(Setting setting, String value) {
    assertThat(problems(GivenSettings.complete().with(setting, value).read()))
        .singleElement()
        .asString()
        .startsWith(setting.variable() + " is not valid: it ");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BASE_URL",
        "MCP_SERVER_URL",
        "SCOPES_SUPPORTED",
        "OAUTH_AUTHORIZE_URL",
        "OAUTH_CLIENT_ID",
        "OAUTH_CLIENT_SECRET",
        "DATABASE_DSN",
        "ENCRYPTION_KEY"
      })
  void missingValueIsNamedWithAnExample(Setting setting) {
    assertThat(problems(GivenSettings.complete().without(setting).read()))
        .singleElement()
        .asString()
        .startsWith(setting.variable() + " is missing: ")
        .endsWith("Example: " + setting.variable() + "=" + setting.example());
    assertThat(problems(GivenSettings.complete().with(setting, "  ").read()))
        .singleElement()
        .asString()
        .startsWith(setting.variable() + " is missing: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BASE_URL | http://canary7391.example.com",
        "BASE_URL | https://mcp.example.com/",
        "BASE_URL | https://mcp.example.com?canary7391",
        "BASE_URL | https://mcp.example.com#canary7391",
        "BASE_URL | https://user:canary7391@mcp.example.com",
        "BASE_URL | https://mcp.example.com/a/../canary7391",
        "BASE_URL | mcp.example.com",
        "BASE_URL | https://canary7391 .example.com",
        "BASE_URL | ftp://mcp.example.com",
        "BASE_URL | https://mcp.example.com:99999",
        "ROUTE_PREFIX | canary7391",
        "ROUTE_PREFIX | /canary7391/",
        "ROUTE_PREFIX | /a//b",
        "ROUTE_PREFIX | /a%2fb",
        "ROUTE_PREFIX | /..",
        "HOST | canary7391.invalid",
        "PORT | canary7391",
        "PORT | 0",
        "PORT | 65536",
        "PORT | -1",
        "ALLOWED_HOSTS | canary7391.example.com:8080",
        "ALLOWED_HOSTS | https://canary7391.example.com",
        "ALLOWED_ORIGINS | canary7391.example.com",
        "ALLOWED_ORIGINS | https://canary7391.example.com/",
        "ALLOWED_ORIGINS | https://a.example null",
        "ALLOWED_ORIGINS | *",
        "CLIENT_REGISTRATION | canary7391",
        "CLIENT_REGISTRATION_TOKENS | canary7391",
        "CLIENT_DOCUMENTS | canary7391",
        "CLIENT_DOCUMENT_HOSTS | https://canary7391.example.com",
        "CLIENT_DOCUMENT_HOSTS | ,",
        "CLIENT_DOCUMENT_DENIED_HOSTS | *canary7391",
        "MODE | middleware",
        "MODE | canary7391",
        "MCP_SERVER_URL | 127.0.0.1:3000",
        "MCP_SERVER_URL | ws://127.0.0.1:3000",
        "MCP_SERVER_URL | http://user:canary7391@127.0.0.1:3000/mcp",
        "MCP_SERVER_URL | http://127.0.0.1:3000/mcp?key=canary7391",
        "MCP_SERVER_URL | http://127.0.0.1:3000/mcp#canary7391",
        "MCP_SERVER_URL | http://169.254.169.254/latest",
        "MCP_SERVER_URL | http://[fe80::1]/mcp",
        "MCP_SERVER_URL | http://[::ffff:169.254.169.254]/mcp",
        "MCP_SERVER_URL | http://Metadata.google.internal/mcp",
        "MCP_SERVERS | ;",
        "MCP_SERVERS | /canary7391",
        "MCP_SERVERS | canary7391 http://127.0.0.1:3001",
        "MCP_SERVERS | / http://127.0.0.1:3001",
        "MCP_SERVERS | /a/ http://127.0.0.1:3001",
        "MCP_SERVERS | /a http://canary7391:1@127.0.0.1:3001",
        "MCP_SERVERS | /a http://169.254.169.254",
        "MCP_SERVERS | /a http://127.0.0.1:3001 canary7391",
        "MCP_SERVERS | /a http://127.0.0.1:3001 color=canary7391",
        "MCP_SERVERS | /a http://127.0.0.1:3001 scopes=openid scopes=openid",
        "MCP_SERVERS | /a http://127.0.0.1:3001 scopes=canary7391",
        "MCP_SERVERS | /a http://127.0.0.1:3001 required=canary7391",
        "MCP_SERVERS | /a http://127.0.0.1:3001 provider-token=canary7391",
        "MCP_SERVERS | /a http://127.0.0.1:3001; /a http://127.0.0.1:3002",
        "MCP_SERVERS | /mcp http://127.0.0.1:3001",
        "MCP_SERVERS | /token http://127.0.0.1:3001",
        "MCP_SERVERS | /register/mine http://127.0.0.1:3001",
        "MCP_SERVERS | /.well-known http://127.0.0.1:3001",
        "PASS_PROVIDER_TOKEN | canary7391",
        "MCP_SERVER_MAX_REQUESTS | 0",
        "MCP_SERVER_MAX_REQUESTS | canary7391",
        "MCP_SERVER_MAX_REQUESTS_PER_USER | 0",
        "MCP_SERVER_TIMEOUT_SECONDS | 3601",
        "RATE_LIMIT_FORGED_TOKENS | canary7391",
        "STREAM_HEARTBEAT_SECONDS | 3601",
        "STREAM_HEARTBEAT_SECONDS | -1",
        "CLEANUP_MINUTES | 0",
        "CLEANUP_MINUTES | 1441",
        "CLEANUP_MINUTES | canary7391",
        "SCOPES_SUPPORTED | ,",
        "SCOPES_SUPPORTED | a\"canary7391",
        "OAUTH_AUTHORIZE_URL | http://canary7391.example.com",
        "OAUTH_AUTHORIZE_URL | https://accounts.example.com?canary7391",
        "OAUTH_AUTHORIZE_URL | https://user:canary7391@accounts.example.com",
        "DATABASE_DSN | mysql://mcp:canary7391@db/mcp",
        "DATABASE_DSN | postgres://mcp:canary7391@db:port/mcp",
        "DATABASE_DSN | canary7391",
        "DATABASE_DSN | x",
        "ENCRYPTION_KEY | canary7391!",
        "ENCRYPTION_KEY | Y2FuYXJ5NzM5MQ==",
        "ENCRYPTION_KEY | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "ENCRYPTION_KEY | ZXhhbXBsZS1rZXktZG8tbm90LXVzZS1pbi1wcm9kISE=",
        "ENCRYPTION_KEY | q7zVbO4n0mJpQ2sYk5uXh1cRtE8wLaD3fGi6ByNvKoM=,",
      })
  void malformedValueIsNamedWithoutQuotingIt_CF01_CF05_CR07(Setting setting, String value) {
    assertThat(problems(GivenSettings.complete().with(setting, value).read()))
        .singleElement()
        .asString()
        .startsWith(setting.variable() + " is not valid: ")
        .contains("Example: " + setting.variable() + "=")
        .doesNotContain(GivenSettings.CANARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BASE_URL | https://mcp.example.com:8443",
        "BASE_URL | https://mcp.example.com/tenant-1",
        "BASE_URL | http://[::1]:8080",
        "HOST | 0.0.0.0",
        "STREAM_HEARTBEAT_SECONDS | 0",
        "ALLOWED_HOSTS | proxy.internal, 10.0.0.7 [::1]",
        "ALLOWED_ORIGINS | https://App.example:443, vscode-webview://abc http://10.0.0.7:3000",
        "MODE | proxy",
        "MODE | forward_auth",
        "MCP_SERVER_URL | http://mcp.internal:3000",
        "MCP_SERVER_URL | https://mcp.internal/some/path",
        "SCOPES_SUPPORTED | openid profile,email",
        "DATABASE_DSN | postgres://u:p%40w@[::1]:5432/db?sslmode=disable",
        "ENCRYPTION_KEY | q7zVbO4n0mJpQ2sYk5uXh1cRtE8wLaD3fGi6ByNvKoM=, 1"
            + "7zVbO4n0mJpQ2sYk5uXh1cRtE8wLaD3fGi6ByNvKoM=",
      })
  void valuesWithinTheRulesAreTaken(Setting setting, String value) {
    configured(GivenSettings.complete().with(setting, value).read());
  }

  @Test
  void severalMcpServersAreEachAResource() {
    RunnerConfig config =
        configured(
            GivenSettings.complete()
                .with(Setting.PASS_PROVIDER_TOKEN, "false")
                .with(
                    Setting.MCP_SERVERS,
                    "/notes/mcp http://127.0.0.1:3001/x scopes=profile required=email"
                        + " provider-token=true;\n/files http://127.0.0.1:3002;")
                .read());

    assertThat(config.server().resources())
        .extracting(resource -> resource.uri().path())
        .containsExactly("/mcp", "/notes/mcp", "/files");
    assertThat(config.mcpServers().get(1).url()).hasToString("http://127.0.0.1:3001/x");
    assertThat(config.mcpServers().get(1).resource().scopesSupported())
        .isEqualTo(Scopes.of("profile", "email"));
    assertThat(config.mcpServers().get(1).resource().scopesRequired())
        .isEqualTo(Scopes.of("email"));
    assertThat(config.mcpServers().get(2).resource().scopesSupported())
        .isEqualTo(Scopes.of("openid", "profile", "email"));
    assertThat(config.mcpServers())
        .extracting(server -> server.passesProviderToken())
        .containsExactly(false, true, false);
  }

  @Test
  void theUsualPathNeedsNoServerWhereOthersAreNamed() {
    RunnerConfig config =
        configured(
            GivenSettings.complete()
                .without(Setting.MCP_SERVER_URL)
                .with(Setting.MCP_SERVERS, "/notes http://127.0.0.1:3001")
                .read());

    assertThat(config.mcpServers()).hasSize(1);
  }

  @Test
  void modeForwardAuthNeedsNoUrlOfAnMcpServer_S21() {
    RunnerConfig config =
        configured(
            GivenSettings.complete()
                .without(Setting.MCP_SERVER_URL)
                .with(Setting.MODE, "forward_auth")
                .read());

    assertThat(config.forwardAuth())
        .hasToString("Optional[ListenAddress[host=/127.0.0.1, port=8081]]");
    assertThat(config.server().resources())
        .extracting(resource -> resource.uri().path())
        .containsExactly("/mcp");
    assertThat(
            configured(
                    GivenSettings.complete()
                        .without(Setting.MCP_SERVER_URL)
                        .with(Setting.MODE, "forward_auth")
                        .with(Setting.MCP_SERVERS, "/notes scopes=email; /files")
                        .read())
                .mcpServers())
        .hasSize(2);
  }

  @Test
  void modeForwardAuthNeedsAPortOfItsOwn_S21() {
    assertThat(
            problems(
                GivenSettings.complete()
                    .with(Setting.MODE, "forward_auth")
                    .with(Setting.FORWARD_AUTH_PORT, "8080")
                    .read()))
        .singleElement()
        .asString()
        .startsWith("FORWARD_AUTH_PORT is not valid: it must be another one than PORT");
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    assertThat(
            problems(
                GivenSettings.complete()
                    .without(Setting.BASE_URL)
                    .with(Setting.PORT, "http")
                    .without(Setting.ENCRYPTION_KEY)
                    .read()))
        .hasSize(3);
  }

  @Test
  void flagWinsOverEnvironmentAndEnvironmentOverFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("proxy.properties"), "PORT=1001\nHOST=127.0.0.1\nMODE=proxy\n");
    Map<String, String> environment =
        GivenSettings.complete()
            .with(Setting.PORT, "1002")
            .with(Setting.HOST, "127.0.0.2")
            .environment();
    SettingValues values = SettingValues.of(Map.of(Setting.PORT, "1003"), environment, file);

    assertThat(values.find(Setting.PORT)).contains("1003");
    assertThat(values.find(Setting.HOST)).contains("127.0.0.2");
    assertThat(values.given(Setting.MODE)).contains("proxy");
  }

  @Test
  void unknownAndDoubleNamesInTheFileAreRefused_CF03(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("proxy.properties"),
            "BASE_ULR=canary7391\nPORT=1001\nPORT=1002\ncolour=canary7391\n");

    assertThat(problems(readWithFile(file)))
        .containsExactly(
            "BASE_ULR in " + file + " is not a setting; did you mean BASE_URL?",
            "colour in " + file + " is not a setting",
            "PORT stands twice in " + file + "; keep one");
  }

  @Test
  void unreadableFileIsRefused(@TempDir Path folder) {
    assertThat(problems(readWithFile(folder.resolve("absent.properties"))))
        .singleElement()
        .asString()
        .contains("absent.properties cannot be read (NoSuchFileException)");
  }

  @Test
  void misspeltEnvironmentVariableIsWarnedOf() {
    Map<String, String> environment =
        new java.util.HashMap<>(GivenSettings.complete().environment());
    environment.put("OAUTH_CLIENTSECRET", GivenSettings.CANARY);
    environment.put("DATABASE_PORT_NUMBER_OF_SOMEBODY", "1");
    environment.put("HOSTNAME", "here");

    assertThat(
            new ConfigurationReader(SettingValues.of(Map.of(), environment, null))
                .proxy()
                .warnings())
        .containsExactly(
            "The environment variable OAUTH_CLIENTSECRET is not a setting; did you mean"
                + " OAUTH_CLIENT_SECRET?");
  }

  @Test
  void demoModeIsForThisMachineAlone_CF12() {
    assertThat(problems(demo(Map.of("HOST", "0.0.0.0"))))
        .singleElement()
        .asString()
        .contains("HOST is not valid: demo mode is for this machine alone");
    assertThat(problems(demo(Map.of("PORT", "65534")))).hasSize(1);
  }

  @Test
  void demoModeSaysWhichSettingsItDoesNotUse_CF12() {
    assertThat(demo(GivenSettings.complete().environment()).warnings())
        .singleElement()
        .asString()
        .contains("DATABASE_DSN", "ENCRYPTION_KEY")
        .doesNotContain(GivenSettings.CANARY);
  }

  private static ConfigurationOutcome<DemoConfig> demo(Map<String, String> environment) {
    return new ConfigurationReader(SettingValues.of(Map.of(), environment, null)).demo();
  }

  private static ConfigurationOutcome<RunnerConfig> readWithFile(Path file) {
    return new ConfigurationReader(
            SettingValues.of(Map.of(), GivenSettings.complete().environment(), file))
        .proxy();
  }

  private static <T> T configured(ConfigurationOutcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Configured.class);
    return ((Configured<T>) outcome).configuration();
  }

  private static List<String> problems(ConfigurationOutcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused<?>) outcome).problems().stream().map(Problem::line).toList();
  }
}
