package io.mcpoauth.runner.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.provider.QuirkServer;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.GivenSettings;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.config.Setting;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.contract.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerTest {

  @Test
  void documentsAreServedBeforeTheDatabaseIsUp_CF09_CF10() throws Exception {
    int port = FreePorts.next(1);
    try (RunningProxy proxy = Runner.start(config(port))) {
      assertThat(Http.status(proxy.issuer() + "/.well-known/oauth-authorization-server"))
          .isEqualTo(200);
      assertThat(Http.status(proxy.issuer() + "/health/live")).isEqualTo(200);
      assertThat(Http.status(proxy.issuer() + "/health/ready")).isEqualTo(503);
      assertThat(proxy.isReady()).isFalse();
    }
  }

  @Test
  void metadataOfProvidersIsReadBeforeTheFirstUserComes_UP19() {
    int port = FreePorts.next(1);
    try (QuirkServer provider = new QuirkServer();
        RunningProxy proxy =
            Runner.start(
                read(
                    GivenSettings.complete()
                        .with(Setting.PORT, String.valueOf(port))
                        .with(Setting.BASE_URL, "http://localhost:" + port)
                        .with(Setting.OAUTH_AUTHORIZE_URL, provider.url())))) {
      assertThat(proxy).isNotNull();
      await().until(() -> !provider.requestsTo("/.well-known/openid-configuration").isEmpty());
    }
  }

  @Test
  void takenPortIsSaidWithWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Runner.start(config(taken.getLocalPort())).close())
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("PORT");
    }
  }

  @Test
  void operatorSaysWhichClientsThereMayBe_RG23_CM27() throws Exception {
    assertThat(
            metadata(
                GivenSettings.complete()
                    .with(Setting.CLIENT_REGISTRATION_TOKENS, "initial-access-token-of-this-test")))
        .contains("\"registration_endpoint\"", "client_id_metadata_document_supported");
    assertThat(
            metadata(
                GivenSettings.complete()
                    .with(Setting.CLIENT_REGISTRATION, "false")
                    .with(Setting.CLIENT_DOCUMENTS, "false")))
        .doesNotContain("registration_endpoint", "client_id_metadata_document_supported");
  }

  private static String metadata(GivenSettings settings) throws Exception {
    int port = FreePorts.next(1);
    try (RunningProxy proxy =
        Runner.start(read(settings.with(Setting.PORT, String.valueOf(port))))) {
      assertThat(proxy).isNotNull();
      return Http.get("http://localhost:" + port + "/.well-known/oauth-authorization-server")
          .body();
    }
  }

  @Test
  void routesLieBelowThePrefix_HP18() throws Exception {
    int port = FreePorts.next(1);
    String origin = "http://localhost:" + port;
    try (RunningProxy proxy = Runner.start(below("/auth", port))) {
      assertThat(proxy.issuer()).hasToString(origin + "/auth");
      assertThat(Http.status(origin + "/auth/health/live")).isEqualTo(200);
      assertThat(Http.status(origin + "/.well-known/oauth-authorization-server/auth"))
          .isEqualTo(200);
      assertThat(Http.status(origin + "/.well-known/oauth-protected-resource/auth/mcp"))
          .isEqualTo(200);
      assertThat(Http.status(origin + "/auth/mcp")).isEqualTo(401);
      for (String path : List.of("/mcp", "/jwks", "/authorize", "/callback", "/account", "/")) {
        assertThat(Http.status(origin + path)).as(path).isEqualTo(404);
      }
    }
  }

  @Test
  void probesNeedNotKnowThePrefix() throws Exception {
    int port = FreePorts.next(1);
    try (RunningProxy proxy = Runner.start(below("/auth", port));
        RawClient probe = new RawClient(port)) {
      assertThat(proxy.issuer()).hasPath("/auth");
      probe.send("GET /health/live HTTP/1.1\r\nHost: 10.0.0.5:8080\r\nConnection: close\r\n\r\n");
      assertThat(probe.readAll()).startsWith("HTTP/1.1 200 ");
    }
  }

  private static RunnerConfig config(int port) {
    return below("", port);
  }

  private static RunnerConfig below(String prefix, int port) {
    return read(
        GivenSettings.complete()
            .with(Setting.PORT, String.valueOf(port))
            .with(Setting.BASE_URL, "http://localhost:" + port)
            .with(Setting.ROUTE_PREFIX, prefix));
  }

  private static RunnerConfig read(GivenSettings settings) {
    return ((Configured<RunnerConfig>) settings.read()).configuration();
  }
}
