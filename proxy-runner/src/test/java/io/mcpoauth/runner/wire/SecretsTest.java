package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What secrets are made of, and what the database knows of them. */
class SecretsTest extends WireTest {

  private static final int SAMPLES = 25;

  /** 128 bits in base64url. */
  private static final int ID_LENGTH = 22;

  /** 256 bits in base64url. */
  private static final int SECRET_LENGTH = 43;

  SecretsTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void nothingThatIsSecretCanBeGuessed_CR01() {
    App app = App.register(proxy);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      String code = app.code();
      App.Tokens tokens = App.issued(wire.token(app.exchange(code)));
      assertThat(secretPart(code)).hasSizeGreaterThanOrEqualTo(SECRET_LENGTH);
      assertThat(secretPart(tokens.refresh())).hasSizeGreaterThanOrEqualTo(SECRET_LENGTH);
      assertThat(seen.add(code)).isTrue();
      assertThat(seen.add(secretPart(tokens.refresh()))).isTrue();
      assertThat(seen.add(Jwt.claims(tokens.access()).path("jti").asText())).isTrue();
    }
    App confidential = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    assertThat(confidential.secret()).hasSize(SECRET_LENGTH);
    assertThat(confidential.id()).hasSizeGreaterThanOrEqualTo(ID_LENGTH);
    proxy.provider.started().stream()
        .map(request -> request.state())
        .forEach(state -> assertThat(state).hasSizeGreaterThan(ID_LENGTH + SECRET_LENGTH));
  }

  @Test
  void databaseHoldsHashesOnly_CR03_MCP47() {
    App app = App.register(proxy);
    String code = app.code();
    App.Tokens tokens = App.issued(wire.token(app.exchange(code)));

    String dump =
        proxy.database.text(
            "select string_agg(row, ' ') from (select g::text as row from mcp_oauth.grants g union"
                + " all select c::text from mcp_oauth.authorization_codes c union all select"
                + " l::text from mcp_oauth.logins l union all select k::text from"
                + " mcp_oauth.signing_keys k) as facts");

    assertThat(dump)
        .contains(Jwt.claims(tokens.access()).path("grant_id").asText())
        .doesNotContain(secretPart(code), secretPart(tokens.refresh()), "alice@example.com")
        .doesNotContain("upstream access token", "\"d\":");
  }

  @Test
  void tokensSayNothingOfTheUserButInTheClaims_CR10() {
    App app = App.register(proxy);
    App.Tokens tokens = app.tokens();

    assertThat(tokens.refresh()).matches("mcpr_[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43,}");
    assertThat(app.code()).matches("mcpc_[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43,}");
    assertThat(Jwt.claims(tokens.access()).toString())
        .contains("alice@example.com")
        .doesNotContain("upstream");
  }

  private static String secretPart(String token) {
    return token.substring(token.indexOf('.') + 1);
  }
}
