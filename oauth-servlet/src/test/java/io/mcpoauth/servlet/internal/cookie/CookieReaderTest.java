package io.mcpoauth.servlet.internal.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.fuzz.MutatedText;
import io.mcpoauth.core.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cookie fields from a random generator; the same properties as for the readers of the core. */
class CookieReaderTest {

  private static final int INPUTS = Integer.getInteger("mcpoauth.fuzz.inputs", 5_000);
  private static final long SEED = Long.getLong("mcpoauth.fuzz.seed", 20_260_301L);
  private static final List<String> EXAMPLES =
      List.of(
          "__Host-mcp-consent=abc; __Host-mcp-login-x=y",
          "a=b; __Host-mcp-consent=a.b_c~d-",
          "__Host-mcp-login-AAAAAAAAAAAAAAAAAAAAAA=secret;c=d");

  @Test
  void strangeCookiesAreReadOrLeftOut_WB07_WB09() {
    MutatedText texts = new MutatedText(EXAMPLES, SEED);
    for (int i = 0; i < INPUTS; i++) {
      String field = texts.next();
      BrowserCookies cookies = BrowserCookies.parse(List.of(field));

      Secret consent = cookies.consent();
      if (consent != null) {
        assertThat(consent.expose()).as(field).matches("[A-Za-z0-9._~-]{1,200}");
        assertThat(BrowserCookies.parse(List.of(field, field)).consent()).as(field).isNull();
      }
      cookies
          .logins()
          .forEach(
              (id, secret) -> {
                assertThat(id).as(field).matches("[A-Za-z0-9._~-]{1,100}");
                assertThat(field).contains(id).contains(secret.expose());
              });
    }
  }
}
