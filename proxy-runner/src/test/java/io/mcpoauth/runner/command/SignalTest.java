package io.mcpoauth.runner.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.runner.Main;
import io.mcpoauth.runner.config.GivenSettings;
import io.mcpoauth.runner.config.Setting;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SignalTest {

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void terminationSignalEndsTheProcessWithCode0_CF08(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Process process = start(log);
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.readString(log).contains("listens on 127.0.0.1"));

      process.toHandle().destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(Files.readString(log))
          .contains("Stopped in order")
          .doesNotContain(GivenSettings.CANARY);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // As in the product: the tests' own configuration is quieter.
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder
        .environment()
        .putAll(
            GivenSettings.complete().with(Setting.PORT, String.valueOf(freePort())).environment());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Files.writeString(log, "", UTF_8);
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
