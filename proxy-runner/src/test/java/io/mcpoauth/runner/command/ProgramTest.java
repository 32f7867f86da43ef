package io.mcpoauth.runner.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.runner.config.GivenSettings;
import io.mcpoauth.runner.config.Setting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void nothingSetIsAnsweredWithEveryMissingSettingAndCode2() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .hasSize(8)
        .allMatch(line -> line.contains(" is missing: ") && line.contains("Example: "));
    assertThat(out.size()).isZero();
  }

  @Test
  void secretsAreNeverPrinted() {
    Map<String, String> environment =
        GivenSettings.complete().with(Setting.PORT, "x").with(Setting.MODE, "y").environment();

    assertThat(run(environment)).isEqualTo(2);
    assertThat(run(environment, "--help")).isZero();
    assertThat(out.toString(UTF_8) + err.toString(UTF_8)).doesNotContain(GivenSettings.CANARY);
  }

  @Test
  void unknownFlagIsRefusedWithASuggestionAndWithoutItsValue() {
    assertThat(run(Map.of(), "--database-dns=postgres://u:canary7391@h", "canary7391"))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("There is no flag --database-dns. Did you mean --database-dsn?")
        .doesNotContain(GivenSettings.CANARY);
  }

  @Test
  void flagWithoutValueOrGivenTwiceIsRefused() {
    assertThat(run(Map.of(), "--port")).isEqualTo(2);
    assertThat(run(Map.of(), "--port", "1", "--port", "2")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("--port needs a value.")
        .contains("--port stands twice; keep one.");
  }

  @Test
  void helpNamesEverySettingWithItsDefault() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("--base-url=BASE_URL", "Default: 8080.", "--demo", "migrate", "print-schema");
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out.toString(UTF_8)).matches("MCP OAuth Proxy \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void schemaIsPrintedWithoutADatabase() {
    assertThat(run(Map.of(), "print-schema")).isZero();
    assertThat(out.toString(UTF_8)).contains("create table mcp_oauth.grants");
  }

  @Test
  void migrationNeedsTheDatabaseAlone() {
    assertThat(run(Map.of(), "migrate")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().startsWith("DATABASE_DSN");
  }

  @Test
  void migrationOfADatabaseThatIsDownFailsWithCode1() {
    assertThat(run(Map.of(), "migrate", "--database-dsn", "postgres://u:canary7391@127.0.0.1:1/d"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("The migration failed: ")
        .contains("refused")
        .doesNotContain(GivenSettings.CANARY);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return new Program(
            new Terminal(
                new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), environment))
        .run(arguments);
  }
}
