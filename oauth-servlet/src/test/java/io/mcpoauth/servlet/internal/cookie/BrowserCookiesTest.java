package io.mcpoauth.servlet.internal.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrowserCookiesTest {

  @Test
  void cookiesAreFoundAmongOthers() {
    BrowserCookies cookies =
        BrowserCookies.parse(
            List.of("a=b; __Host-mcp-consent=secret1", "x; __Host-mcp-login-l1=secret2;y=z"));
    assertThat(cookies.consent()).isNotNull().extracting(s -> s.expose()).isEqualTo("secret1");
    assertThat(cookies.logins()).containsOnlyKeys("l1");
  }

  @Test
  void cookieThatStandsTwiceIsAbsent_WB09() {
    assertThat(
            BrowserCookies.parse(
                    List.of("__Host-mcp-consent=one", "__Host-mcp-consent=two; other=1"))
                .consent())
        .isNull();
  }

  @Test
  void valueThatWeNeverMadeIsAbsent() {
    assertThat(BrowserCookies.parse(List.of("__Host-mcp-consent=\"quoted\"")).consent()).isNull();
    assertThat(BrowserCookies.parse(List.of("__Host-mcp-consent=")).consent()).isNull();
    assertThat(BrowserCookies.parse(List.of("__host-mcp-consent=abc")).consent()).isNull();
  }
}
