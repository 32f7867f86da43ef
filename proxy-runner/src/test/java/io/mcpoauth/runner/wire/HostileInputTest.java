package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is meant for the database, and randomness that repeats itself. */
class HostileInputTest extends WireTest {

  private final App app = App.register(proxy);

  HostileInputTest(TwoInstances proxy) {
    super(proxy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'",
        "''",
        "' or '1'='1",
        "'; drop table mcp_oauth.grants; --",
        "\\'; select pg_sleep(5); --",
        "$$; select pg_sleep(5); $$",
        ":id",
        "?",
        "%' like '%",
        "1) union select null, null --",
        "\\x00",
        "{\"$ne\":null}",
        "x\u00e4\uD83D\uDE00'"
      })
  void inputIsNeverSql_DB19(String value) {
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (String name : List.of("client_id", "redirect_uri", "scope", "state", "resource")) {
      answers.add(wire.authorize(app.request().with(name, value)));
    }
    Query exchange = app.exchange("x");
    for (String name : List.of("client_id", "code", "code_verifier", "redirect_uri", "resource")) {
      answers.add(wire.token(exchange.with(name, value)));
    }
    for (String name : List.of("client_id", "refresh_token", "scope", "client_secret")) {
      answers.add(wire.token(app.refreshing("x").with(name, value)));
    }
    answers.add(wire.revoke(app.revoking(value)));
    answers.add(wire.revoke(app.revoking("x").with("client_id", value)));
    answers.add(wire.token(exchange, "Authorization", Wire.basic(value + ":" + value)));
    answers.add(wire.get("/callback?" + Query.of("state", value, "code", value).encoded()));
    answers.add(
        wire.register(
            App.metadata(
                value.replace("\\", "\\\\").replace("\"", "\\\""), "none", App.REDIRECT_URI)));
    answers.add(wire.mcp(value.replaceAll("[^!-~]", "")));

    assertThat(answers).allMatch(answer -> answer.statusCode() < 500);
    assertThat(proxy.factsOfFlows()).isNotNegative();
  }

  @Test
  void idsThatAreDrawnAgainOverwriteNothing_DB24() {
    try (Instance stuttering =
        proxy.another(Setup.standard().built(builder -> builder.random(stutter())))) {
      Wire stutteringWire = new Wire(stuttering);
      Set<String> grants = new HashSet<>();
      for (int i = 0; i < 4; i++) {
        String code = codeAt(stuttering);
        String access = App.issued(stutteringWire.token(app.exchange(code))).access();
        grants.add(Jwt.claims(access).path("grant_id").asText());
        assertThat(app.isLetIn(access)).isTrue();
      }
      assertThat(grants).hasSize(4);
    }
  }

  private String codeAt(Instance instance) {
    ScriptedBrowser browser = new ScriptedBrowser();
    var page = browser.open(instance.uri("/authorize?" + app.request().encoded()));
    var toProvider = browser.press(page, "Continue with");
    String callback = "/callback?code=upstream&" + toProvider.location().getRawQuery();
    return App.codeIn(browser.open(instance.uri(callback)).location());
  }

  /** Gives each identifier to several callers in a row. */
  private static SecretSource stutter() {
    SecretSource random = SecretSource.system();
    AtomicInteger calls = new AtomicInteger();
    return new SecretSource() {
      private String last = random.identifier();

      @Override
      public byte[] bytes(int count) {
        return random.bytes(count);
      }

      @Override
      public synchronized String identifier() {
        if (calls.incrementAndGet() % 3 == 0) {
          last = random.identifier();
        }
        return last;
      }
    };
  }
}
