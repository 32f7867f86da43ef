package io.mcpoauth.runner.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.runner.lifecycle.RunningProxy;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script with which operators try an instance. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a script for bash")
class SmokeTestScriptTest {

  private static final String SCRIPT = "../examples/smoke-test/smoke-test.sh";

  private record Run(int exitCode, String output) {}

  @Test
  void theScriptGoesThroughAllStepsAndPrintsNoSecret(@TempDir Path folder) throws Exception {
    try (RunningProxy demo = DemoInstance.start(folder)) {
      Run run = run(demo.issuer() + "/mcp");
      assertThat(run.output()).contains("All steps passed.");
      assertThat(run.exitCode()).isZero();
      assertThat(run.output()).doesNotContainPattern(Pattern.compile("eyJ|mcp[cr]_"));
    }
  }

  @Test
  void theScriptSaysWhatIsNotAsItShouldBe() throws Exception {
    Run run = run("http://127.0.0.1:1/mcp");
    assertThat(run.output()).contains("FAILED: no answer to: http://127.0.0.1:1/mcp");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  private static Run run(String mcpServer) throws Exception {
    Process script =
        new ProcessBuilder("bash", SCRIPT, mcpServer).redirectErrorStream(true).start();
    script.getOutputStream().close();
    String output = new String(script.getInputStream().readAllBytes(), UTF_8);
    assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(script.exitValue(), output);
  }
}
