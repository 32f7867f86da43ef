package io.mcpoauth.runner.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.provider.QuirkServer;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.runner.command.Program;
import io.mcpoauth.runner.command.Terminal;
import io.mcpoauth.servlet.contract.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What an operator is told of the real parts around a proxy. */
class CheckCommandTest {

  private static final RealParts parts = RealParts.start(() -> {});
  private static final RunningInstance proxy = RunningInstance.inProcess(parts);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterAll
  static void stop() {
    proxy.close();
    parts.close();
  }

  @Test
  void nothingIsWrongWithAProxyThatRuns() {
    assertThat(check(Map.of())).as(out.toString(UTF_8)).isZero();

    assertThat(lines("ok"))
        .anyMatch(line -> line.contains("database: answers and has its tables"))
        .anyMatch(line -> line.contains("database: ENCRYPTION_KEY fits"))
        .anyMatch(line -> line.contains("provider oauth: the key set has "))
        .anyMatch(line -> line.contains("come back to " + parts.proxy() + "/callback"))
        .anyMatch(line -> line.contains("MCP server: " + parts.mcpServer()))
        .anyMatch(line -> line.contains("public URL: ") && line.contains("names the issuer"));
    assertThat(lines("WRONG")).isEmpty();
    assertThat(out.toString(UTF_8)).doesNotContain("s3cret").endsWith("Nothing is wrong.\n");
  }

  @Test
  void mcpServerIsAskedWhereRequestsGo() {
    assertThat(check(Map.of("MCP_SERVER_URL", parts.mcpServer() + "/")))
        .as(out.toString(UTF_8))
        .isZero();
  }

  @Test
  void beforeTheFirstStartThereIsOnlySomethingToLookAt() {
    String nobody = "http://localhost:" + FreePorts.next(1);
    assertThat(
            check(
                Map.of("DATABASE_DSN", TestPostgres.emptyDatabase().dsnText(), "BASE_URL", nobody)))
        .isZero();

    assertThat(lines("look"))
        .anyMatch(line -> line.contains("database: answers, but has no tables yet"))
        .anyMatch(line -> line.contains("public URL: ") && line.contains("ConnectException"));
  }

  @Test
  void otherEncryptionKeyIsWrong_DB25() {
    assertThat(check(Map.of("ENCRYPTION_KEY", "b3RoZXI1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")))
        .isEqualTo(1);
    assertThat(lines("WRONG")).singleElement().asString().contains("written with another key");
  }

  @Test
  void everythingThatDoesNotAnswerIsWrong() {
    assertThat(
            check(
                Map.of(
                    "DATABASE_DSN", "postgres://u:canary7391@127.0.0.1:1/d",
                    "OAUTH_AUTHORIZE_URL", "http://127.0.0.1:1/nobody",
                    "MCP_SERVER_URL", "http://127.0.0.1:1/mcp")))
        .isEqualTo(1);

    assertThat(lines("WRONG"))
        .hasSize(3)
        .anyMatch(line -> line.contains("DATABASE_DSN"))
        .anyMatch(line -> line.contains("provider oauth: the metadata cannot be used"))
        .anyMatch(line -> line.contains("MCP_SERVER_URL"));
    assertThat(out.toString(UTF_8)).doesNotContain("canary7391", "s3cret").endsWith("3 wrong.\n");
  }

  @Test
  void wrongPathsAreWrong() {
    try (QuirkServer nothingThere = new QuirkServer()) {
      assertThat(
              check(
                  Map.of(
                      "MCP_SERVER_URL",
                      nothingThere.url() + "/elsewhere",
                      "ROUTE_PREFIX",
                      "/elsewhere")))
          .isEqualTo(1);
    }
    assertThat(lines("WRONG"))
        .anyMatch(line -> line.contains("MCP server: ") && line.contains("status 404"))
        .anyMatch(line -> line.contains("public URL: ") && line.contains("status 404"));
  }

  @Test
  void anyKeyFitsADatabaseInWhichNothingIsSealedYet() {
    assertThat(check(Map.of("DATABASE_DSN", TestPostgres.migratedDatabase().dsnText()))).isZero();

    assertThat(lines("ok")).anyMatch(line -> line.contains("ENCRYPTION_KEY fits what is stored"));
  }

  private int check(Map<String, String> otherwise) {
    Map<String, String> environment = new HashMap<>(parts.settings());
    environment.putAll(otherwise);
    PrintStream terminal = new PrintStream(out, true, UTF_8);
    return new Program(new Terminal(terminal, terminal, environment)).run("check");
  }

  private List<String> lines(String word) {
    return out.toString(UTF_8).lines().filter(line -> line.startsWith(word + " ")).toList();
  }
}
