package io.mcpoauth.runner.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.runner.Main;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import io.mcpoauth.servlet.flow.SignInProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process in Turkey on an island that is a day ahead, with a character set from long ago, whose
 * output nobody reads.
 */
class RoughConditionsTest {

  /** More lines than a pipe and a short queue hold. */
  private static final int REFUSALS = 800;

  private static final RealParts PARTS = RealParts.start(() -> {});
  private static Process process;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Pacific/Kiritimati",
            "-Dfile.encoding=" + (Runtime.version().feature() < 18 ? "IBM037" : "COMPAT"),
            "-Dlogback.configurationFile=" + configurationWithAShortQueue(folder),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.environment().putAll(PARTS.settings());
    builder.environment().put("LC_ALL", "C");
    process = builder.redirectErrorStream(true).start();
    RunningInstance.awaitReady(PARTS.proxy());
  }

  /** As in the product, whose queue would take long to fill. */
  private static Path configurationWithAShortQueue(Path folder) throws IOException {
    try (InputStream product = Main.class.getResourceAsStream("/logback.xml")) {
      String text = new String(requireNonNull(product).readAllBytes(), StandardCharsets.UTF_8);
      String queue = "<queueSize>8192</queueSize>";
      assertThat(text).contains(queue);
      return Files.writeString(
          folder.resolve("logback.xml"), text.replace(queue, "<queueSize>16</queueSize>"));
    }
  }

  @AfterAll
  static void stop() {
    process.destroyForcibly().onExit().join();
    PARTS.close();
  }

  @Test
  void localeCharsetAndTimeZoneChangeNothing_CF14() {
    FlowDriver flow = new FlowDriver(PARTS.protectedMcpServer());
    ScriptedBrowser browser = new ScriptedBrowser();
    JsonNode metadata = flow.discover();
    String id = flow.register(metadata, "İstanbul INSPECTOR ığ — 例");
    Hop consent = browser.open(flow.authorizationRequest(metadata, id));
    assertThat(consent.html()).contains("İstanbul INSPECTOR ığ — 例");
    Hop signInPage = browser.follow(browser.press(consent, "Continue with"));
    Hop callback = browser.open(SignInProvider.signIn(browser, signInPage).location());
    Tokens tokens = flow.exchange(metadata, id, flow.code(metadata, id, callback.location()));
    try (McpConnection mcp = McpConnection.open(PARTS.protectedMcpServer(), tokens.accessToken())) {
      assertThat(mcp.call("add", Map.of("a", 19, "b", 23))).isEqualTo("42");
    }
    HttpResponse<String> refreshed = flow.refresh(metadata, id, tokens.refreshToken());
    assertThat(FlowDriver.tokens(refreshed).refreshToken()).isNotEqualTo(tokens.refreshToken());
  }

  @Test
  void outputThatNobodyReadsHoldsUpNobody_DS12() {
    HttpCalls http = new HttpCalls();
    for (int i = 0; i < REFUSALS; i++) {
      HttpResponse<String> refused =
          http.postForm(
              PARTS.proxy().resolve("/token"),
              Map.of("grant_type", "authorization_code", "client_id", "nobody-" + i));
      assertThat(refused.statusCode()).isEqualTo(401);
    }
    assertThat(http.get(PARTS.proxy().resolve("/health/ready")).statusCode()).isEqualTo(200);
    assertThat(process.isAlive()).isTrue();
  }
}
