package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.jdbc.Needed;
import io.mcpoauth.runner.lifecycle.RunningProxy;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.McpConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Demo mode in a real browser. Leaves pictures of the pages in {@code target/screenshots}. Is
 * skipped where there is no Chromium, except where the environment says {@code CI}.
 */
class BrowserTest {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String CLIENT_NAME = "Example Editor";

  private final Path folder;

  BrowserTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aUserGoesFromThe401ToAToolResult() {
    Needed.orSkip(Chromium.missing().isEmpty(), Chromium.missing().orElse("Chromium"));
    try (RunningProxy demo = DemoInstance.start(folder);
        RedirectListener listener = new RedirectListener();
        Chromium browser = Chromium.start(folder.resolve("profile"), SCREENSHOTS)) {
      URI mcpServer = URI.create(demo.issuer() + "/mcp");
      FlowDriver flow = new FlowDriver(mcpServer, listener.uri());
      JsonNode metadata = flow.discover();
      String id = flow.register(metadata, CLIENT_NAME);

      browser.open(flow.authorizationRequest(metadata, id));
      assertThat(browser.text()).contains(CLIENT_NAME, mcpServer.toString());
      takePictures(browser, "consent");
      browser.press("Continue with");
      assertThat(browser.text()).contains("no password", "Ada Lovelace");
      takePictures(browser, "demo-sign-in");
      browser.press("Ada Lovelace");

      String code = flow.code(metadata, id, listener.await());
      Tokens tokens = flow.exchange(metadata, id, code);
      try (McpConnection mcp = McpConnection.open(mcpServer, tokens.accessToken())) {
        assertThat(mcp.call("whoami", Map.of())).contains("Ada Lovelace");
      }

      seeAndEndTheConnection(demo, browser);
      assertThat(flow.callMcp(tokens.accessToken()).statusCode()).isEqualTo(401);

      browser.open(demo.issuer().resolve("/authorize?client_id=nobody"));
      assertThat(browser.text()).contains("cannot go on");
      takePictures(browser, "error");
    }
  }

  private static void seeAndEndTheConnection(RunningProxy demo, Chromium browser) {
    browser.open(URI.create(demo.issuer() + "/account"));
    takePictures(browser, "account-sign-in");
    browser.press("Continue with");
    browser.press("Ada Lovelace");
    assertThat(browser.text()).contains("Connected apps", CLIENT_NAME, "Disconnect");
    takePictures(browser, "account");
    browser.press("Disconnect");
    assertThat(browser.text()).contains("Nothing is connected");
    browser.press("Sign out");
    assertThat(browser.text()).contains("You are signed out");
    takePictures(browser, "signed-out");
  }

  private static void takePictures(Chromium browser, String name) {
    browser.takePictures(name);
    assertThat(browser.overflowsOnAPhone()).as(name + " is too wide for a phone").isFalse();
  }
}
