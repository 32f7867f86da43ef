package io.mcpoauth.servlet.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://claude.ai",
        "https://app.example:8443",
        "http://localhost:6274",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
        "vscode-webview://0a1b2c",
        "chrome-extension://abcdef"
      })
  void pagesOfBrowserClientsMayCallWithoutSetUp(String origin) {
    assertThat(AllowedOrigins.standard().allows(origin)).isTrue();
    assertThat(AllowedOrigins.standard().headersFor(origin))
        .contains(
            new HeaderField("Access-Control-Allow-Origin", origin),
            new HeaderField("Vary", "Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "http://evil.example",
        "http://evil.example:8080",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "http://127.0.0.1.evil.example:80",
        "https://evil.example/path",
        "https://a.example https://b.example",
        "evil.example"
      })
  void pagesThatCannotBeToldFromReboundOnesMayNot_RS14_WB03(String origin) {
    assertThat(AllowedOrigins.standard().allows(origin)).isFalse();
    assertThat(AllowedOrigins.standard().headersFor(origin))
        .containsExactly(new HeaderField("Vary", "Origin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "https://good.example.evil.example",
        "https://evil-good.example",
        "https://sub.good.example",
        "http://good.example",
        "https://good.example:8443"
      })
  void aListIsComparedToTheLetter_WB03(String origin) {
    AllowedOrigins origins = AllowedOrigins.only(List.of("https://good.example"));

    assertThat(origins.allows("https://good.example")).isTrue();
    assertThat(origins.allows(origin)).isFalse();
  }

  @Test
  void requestsThatComeFromNoPagePass() {
    assertThat(AllowedOrigins.standard().allows(null)).isTrue();
    assertThat(AllowedOrigins.only(List.of("https://good.example")).allows(null)).isTrue();
  }
}
