package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isBusy;
import static io.mcpoauth.runner.wire.Answers.isDead;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that loses its database: our trouble is never blamed on anybody else. */
class OutageTest extends WireTest {

  private final SwitchableSource database = new SwitchableSource(proxy.database.dataSource());
  private final App app = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
  private Instance cutOff;
  private Wire cut;

  OutageTest(TwoInstances proxy) {
    super(proxy);
  }

  @BeforeEach
  void start() {
    cutOff = proxy.another(Setup.standard().on(any -> PostgresStorage.on(database.source())));
    cut = new Wire(cutOff);
  }

  @AfterEach
  void stop() {
    cutOff.close();
  }

  @Test
  void codeIsNotBlamedForAnOutageAndStaysGood_TC27() {
    String code = app.code();
    database.fail();
    isBusy(cut.token(app.authenticated(app.exchange(code))));
    isBusy(cut.token(app.exchange(code).with("client_secret", "wrong")));

    database.recover();
    App.issued(cut.token(app.authenticated(app.exchange(code))));
  }

  @Test
  void refreshTokenIsNotBlamedForAnOutageAndStaysGood_TR16() {
    App.Tokens tokens = app.tokens();
    database.fail();
    isBusy(cut.token(app.authenticated(app.refreshing(tokens.refresh()))));

    database.recover();
    App.issued(cut.token(app.authenticated(app.refreshing(tokens.refresh()))));
  }

  @Test
  void revocationThatDidNotHappenIsNotConfirmed_RV08() {
    App.Tokens tokens = app.tokens();
    database.fail();
    isBusy(cut.revoke(app.revoking(tokens.refresh())));
    isBusy(cut.revoke(app.revoking(tokens.access())));

    database.recover();
    assertThat(app.isLetIn(tokens.access())).isTrue();
    assertThat(cut.revoke(app.revoking(tokens.refresh())).statusCode()).isEqualTo(200);
    isDead(proxy, tokens.access());
  }

  /** Serialization failures and deadlocks that go on are an outage, not the client's fault. */
  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "57014", "53300", "57P01"})
  void conflictInTheDatabaseIsNotTheClientsFault_TR17(String sqlState) {
    App.Tokens tokens = app.tokens();
    database.failWith(sqlState);
    isBusy(cut.token(app.authenticated(app.refreshing(tokens.refresh()))));

    database.recover();
    App.issued(cut.token(app.authenticated(app.refreshing(tokens.refresh()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-protected-resource",
        "/.well-known/oauth-protected-resource/mcp"
      })
  void metadataNeedsNoDatabase_MD11(String path) {
    database.fail();

    assertThat(cut.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void userIsToldToWait_AZ01() {
    database.fail();
    HttpResponse<String> page = cut.authorize(app.request(), "Accept", "text/html");

    assertThat(page.statusCode()).isEqualTo(503);
    assertThat(page.headers().firstValue("Retry-After")).isPresent();
    assertThat(page.headers().firstValue("Location")).isEmpty();
    assertThat(page.body()).contains("nothing is lost").doesNotContain("SQL", "scripted");
    assertThat(cut.register(App.metadata("App", "none", App.REDIRECT_URI)).statusCode())
        .isEqualTo(503);
  }
}
