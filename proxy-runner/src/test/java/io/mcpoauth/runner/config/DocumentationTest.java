package io.mcpoauth.runner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentationTest {

  /** Surefire runs in the module's folder. */
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void theDocumentedSettingsAreThoseOfTheProgram() throws IOException {
    String page = Files.readString(PAGE);

    for (SettingGroup group : SettingGroup.values()) {
      assertThat(page).contains(table(group));
    }
  }

  private static String table(SettingGroup group) {
    return "### "
        + group.title()
        + "\n\n| Variable | Flag | Default | Meaning | Accepted values | Example |\n"
        + "| --- | --- | --- | --- | --- | --- |\n"
        + Arrays.stream(Setting.values())
            .filter(setting -> setting.group() == group)
            .map(DocumentationTest::row)
            .collect(Collectors.joining());
  }

  private static String row(Setting setting) {
    String standard =
        setting.defaultValue().map(v -> v.isEmpty() ? "empty" : code(v)).orElse("**required**");
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            code(setting.variable()),
            code(setting.flag()),
            standard,
            setting.meaning(),
            setting.rule(),
            code(setting.example()));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
