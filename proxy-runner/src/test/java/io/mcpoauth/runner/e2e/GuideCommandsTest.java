package io.mcpoauth.runner.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.runner.config.PluginJar;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.HttpCalls;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guides, word for word; only the jar is taken from the class path. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "they are for bash")
class GuideCommandsTest {

  private static final Path SCRIPTS = Path.of("..", "examples", "guides").toAbsolutePath();

  private final RealParts parts = RealParts.start(() -> {});
  private final int forwardAuthPort = FreePorts.next(1);
  private final Path folder;

  GuideCommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  @Test
  void theProxyRunsAsTheGuideSays() throws Exception {
    whileProxyRuns("run.sh", () -> {});
  }

  @Test
  void theProxyTakesAPluginAsTheGuideSays_S18() throws Exception {
    PluginJar.ofExample(Files.createDirectory(folder.resolve("plugins")).resolve("acme.jar"));

    whileProxyRuns(
        "plug-in.sh",
        () -> {
          FlowDriver client = new FlowDriver(parts.protectedMcpServer());
          JsonNode metadata = client.discover();
          URI question =
              client.authorizationRequest(metadata, client.register(metadata, "Some client"));
          assertThat(new HttpCalls().get(question).body()).contains("value=\"acme\"");
        });
  }

  @Test
  void theProxyAnswersAWebServerAsTheGuideSays_S21() throws Exception {
    whileProxyRuns(
        "forward-auth.sh",
        () ->
            assertThat(
                    new HttpCalls()
                        .get(URI.create("http://localhost:" + forwardAuthPort + "/mcp"))
                        .statusCode())
                .isEqualTo(401));
  }

  @Test
  void theOperatorsCommandsDoWhatTheySay() throws Exception {
    Process commands = start("operate.sh", "command");
    String output = new String(commands.getInputStream().readAllBytes(), UTF_8);
    assertThat(commands.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(commands.exitValue()).as(output).isZero();
    assertThat(Files.readString(folder.resolve("schema.sql"))).contains("create table");
  }

  private void whileProxyRuns(String script, Runnable work) throws Exception {
    Process proxy = start(script, "exec");
    try {
      RunningInstance.awaitReady(parts.proxy());
      work.run();
    } finally {
      proxy.destroy();
      assertThat(proxy.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /**
   * Starts a script.
   *
   * @param how {@code exec} where the program is to take the place of the script
   */
  private Process start(String script, String how) throws Exception {
    String java =
        "java() { shift 2; %s \"$JAVA\" -XX:TieredStopAtLevel=1 -cp \"$RUNNER\"".formatted(how)
            + " io.mcpoauth.runner.Main \"$@\"; }; . \"$0\"";
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", java, SCRIPTS.resolve(script).toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(parts.settings());
    builder
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.environment().put("FORWARD_AUTH_PORT", String.valueOf(forwardAuthPort));
    builder.environment().put("RUNNER", System.getProperty("java.class.path"));
    if (how.equals("exec")) {
      builder.redirectOutput(folder.resolve("proxy.log").toFile());
    }
    return builder.start();
  }
}
