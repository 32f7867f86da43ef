package io.mcpoauth.runner.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.GivenSettings;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.config.Setting;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.contract.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which browsers get past the door. Nothing here needs the database. */
class WebAccessTest {

  private static int port;
  private static RunningProxy proxy;

  @BeforeAll
  static void start() {
    port = FreePorts.next(1);
    proxy =
        Runner.start(
            ((Configured<RunnerConfig>)
                    GivenSettings.complete()
                        .with(Setting.PORT, String.valueOf(port))
                        .with(Setting.BASE_URL, "https://mcp.example.com")
                        .with(Setting.ALLOWED_HOSTS, "proxy.internal")
                        .read())
                .configuration());
  }

  @AfterAll
  static void stop() {
    proxy.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mcp.example.com",
        "MCP.example.com:443",
        "proxy.internal:8080",
        "localhost:1",
        "127.0.0.1",
        "[::1]:8080"
      })
  void requestForOneOfOurNamesIsServed(String host) throws Exception {
    assertThat(status("/mcp", "Host: " + host)).isEqualTo(401);
    assertThat(status("/.well-known/oauth-protected-resource", "Host: " + host)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "mcp.example.com.evil.example",
        "evil-mcp.example.com",
        "localhost.evil.example:8080",
        "10.0.0.7:8080"
      })
  void requestForAnotherHostIsMisdirected_RS15(String host) throws Exception {
    assertThat(status("/mcp", "Host: " + host)).isEqualTo(421);
    assertThat(status("/.well-known/oauth-protected-resource", "Host: " + host)).isEqualTo(421);
    assertThat(status("/token", "Host: " + host)).isEqualTo(421);
  }

  @Test
  void absoluteTargetIsJudgedByItsHost_RS15_RS18() throws Exception {
    assertThat(status("http://evil.example/mcp", "Host: evil.example")).isEqualTo(421);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mcp.example.com:443", "localhost:80", "evil.example:443", "/mcp"})
  void nobodyGetsATunnel_RS18(String target) throws Exception {
    String request = "CONNECT " + target + " HTTP/1.1\r\nHost: mcp.example.com\r\n\r\n";
    assertThat(answerTo(request + "GET /health/live HTTP/1.1\r\nHost: mcp.example.com\r\n\r\n"))
        .matches("(?s)HTTP/1.1 (400|501) .*")
        .doesNotContain("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/token", "/health", "/nothing"})
  void nobodySeesWhatArrives_RS18(String path) throws Exception {
    String fields = "Host: mcp.example.com\r\nX-Secret: canary\r\nConnection: close\r\n\r\n";
    assertThat(answerTo("TRACE " + path + " HTTP/1.1\r\n" + fields))
        .matches("(?s)HTTP/1.1 40[45] .*")
        .doesNotContain("canary");
  }

  @Test
  void whoUsesAnotherMethodIsToldAllThatThereAre() throws Exception {
    assertThat(
            answerTo("TRACE /mcp HTTP/1.1\r\nHost: mcp.example.com\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready"})
  void probesComeByAddress(String path) throws Exception {
    assertThat(status(path, "Host: 10.0.0.7:8080")).isIn(200, 503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/", "/HEALTH", "/health;a", "/health/../mcp", "/healthz"})
  void onlyTheExactPathsOfHealthAreOpen_RS29(String path) throws Exception {
    assertThat(status(path, "Host: 10.0.0.7:8080")).isIn(400, 421);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/authorize?client_id=nobody",
        "/callback",
        "/account",
        "/token",
        "/nothing",
        "/.well-known/oauth-authorization-server"
      })
  void browsersAreBoundToHttpsWhereTheIssuerIs_WB20_MD12_MCP50(String target) throws Exception {
    assertThat(answer(target, "Host: mcp.example.com"))
        .containsIgnoringCase("\r\nStrict-Transport-Security: max-age=31536000\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://claude.ai", "http://localhost:6274", "vscode-webview://1"})
  void browserClientsNeedNoSetUp(String origin) throws Exception {
    assertThat(status("/mcp", "Host: mcp.example.com\r\nOrigin: " + origin)).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "http://evil.example", "http://evil.example:8080"})
  void pagesThatCouldBeReboundOnesAreRefused_RS14(String origin) throws Exception {
    assertThat(status("/mcp", "Host: mcp.example.com\r\nOrigin: " + origin)).isEqualTo(403);
  }

  private static int status(String target, String headers) throws Exception {
    return Integer.parseInt(answer(target, headers).substring("HTTP/1.1 ".length(), 12));
  }

  private static String answer(String target, String headers) throws Exception {
    return answerTo("GET " + target + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
  }

  private static String answerTo(String request) throws Exception {
    try (RawClient client = new RawClient(port)) {
      client.send(request);
      return client.readAll();
    }
  }
}
