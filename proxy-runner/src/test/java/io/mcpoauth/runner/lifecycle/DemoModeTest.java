package io.mcpoauth.runner.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.runner.config.DemoConfig;
import io.mcpoauth.runner.config.ListenAddress;
import io.mcpoauth.servlet.contract.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoModeTest {

  @Test
  void everythingIsThereAndSurvivesARestart(@TempDir Path folder) throws Exception {
    DemoConfig config = config(FreePorts.next(3), folder);
    String keysOfFirstRun = run(config);

    assertThat(run(config)).isEqualTo(keysOfFirstRun).contains("\"kid\"");
  }

  @Test
  void takenPortIsFoundBeforeAnythingStarts(@TempDir Path folder) throws IOException {
    int first = FreePorts.next(3);
    try (ServerSocket taken = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> DemoMode.start(config(first, folder)).close())
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining(":" + taken.getLocalPort());
      assertThat(folder).isEmptyDirectory();
    }
  }

  private static String run(DemoConfig config) throws Exception {
    try (RunningProxy proxy = DemoMode.start(config)) {
      await().atMost(Duration.ofSeconds(20)).until(proxy::isReady);
      HttpResponse<String> refused = Http.get(proxy.issuer() + "/mcp");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains(proxy.issuer() + "/.well-known/oauth-protected-resource/mcp");
      assertThat(
              Http.status(
                  "http://127.0.0.1:"
                      + config.providerPort()
                      + "/.well-known/openid-configuration"))
          .isEqualTo(200);
      assertThat(Http.status("http://127.0.0.1:" + config.mcpServerPort() + "/mcp")).isEqualTo(405);
      return Http.get(proxy.issuer() + "/jwks").body();
    }
  }

  private static DemoConfig config(int port, Path folder) throws IOException {
    return new DemoConfig(new ListenAddress(InetAddress.getLoopbackAddress(), port), folder);
  }
}
