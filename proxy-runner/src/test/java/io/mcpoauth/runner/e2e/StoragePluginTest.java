package io.mcpoauth.runner.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.storage.StorageFactory;
import io.mcpoauth.runner.command.Program;
import io.mcpoauth.runner.command.Terminal;
import io.mcpoauth.runner.config.PluginJar;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standalone proxy on a storage that the operator brought along. */
class StoragePluginTest {

  private static final String FACTORY =
      """
      public final class ScratchFactory implements io.mcpoauth.core.spi.storage.StorageFactory {
        public String id() { return "scratch"; }
        public io.mcpoauth.core.spi.storage.Storage open(
            java.util.Map<String, io.mcpoauth.core.secret.Secret> settings, java.time.InstantSource clock) {
          if (!settings.containsKey("SIZE")) {
            throw new IllegalArgumentException("SCRATCH_SIZE is missing");
          }
          return new io.mcpoauth.core.memory.InMemoryStorage(clock);
        }
      }
      """;

  private final RealParts parts = RealParts.start(() -> {});
  private final Path folder;
  private @Nullable RunningInstance proxy;

  StoragePluginTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void build() throws Exception {
    PluginJar.ofSource(
        StorageFactory.class, "ScratchFactory", FACTORY, folder.resolve("scratch.jar"));
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
    parts.close();
  }

  @Test
  void clientSignsInWithoutAnyDatabase_N3() {
    proxy = RunningInstance.inProcess(parts, settings("SCRATCH_SIZE", "1"));

    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    try (McpConnection mcp =
        McpConnection.open(parts.protectedMcpServer(), client.tokens().accessToken())) {
      assertThat(mcp.call("whoami", Map.of())).contains("zoe-1");
    }
  }

  @Test
  void storageThatDoesNotOpenIsSaidAndNothingStarts_N3() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(out, true, UTF_8);
    Map<String, String> all = new HashMap<>(parts.settings());
    all.putAll(settings("SCRATCH_OTHER", "1"));

    assertThat(new Program(new Terminal(lines, lines, all)).run("list-clients")).isEqualTo(1);

    assertThat(out.toString(UTF_8))
        .startsWith("The storage failed: the storage plug-in scratch does not open")
        .contains("SCRATCH_SIZE is missing");
  }

  private Map<String, String> settings(String name, String value) {
    return Map.of(
        "DATABASE_DSN",
        "",
        "PLUGIN_DIR",
        folder.toString(),
        "STORAGE_PLUGIN",
        "scratch",
        name,
        value);
  }
}
