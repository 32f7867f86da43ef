package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isDead;
import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static io.mcpoauth.runner.wire.Answers.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.Query;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Token revocation. */
class RevocationTest extends WireTest {

  private final App app = App.register(proxy);
  private final App.Tokens tokens = app.tokens();

  RevocationTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void refreshTokenTakesItsGrantWithIt_RV01() {
    App.Tokens second = App.issued(app.refresh(tokens.refresh()));
    assertThat(app.isLetIn(tokens.access())).isTrue();

    isDone(wire.revoke(app.revoking(second.refresh())));

    isDead(proxy, tokens.access());
    isDead(proxy, second.access());
    isInvalidGrant(app.refresh(second.refresh()));
  }

  @Test
  void accessTokenDiesAlone_RV01() {
    App.Tokens second = App.issued(app.refresh(tokens.refresh()));

    isDone(wire.revoke(app.revoking(tokens.access())));

    isDead(proxy, tokens.access());
    assertThat(app.isLetIn(second.access())).isTrue();
    App.issued(app.refresh(second.refresh()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "unknown", "id_token"})
  void hintIsNotNeeded_RV03(String hint) {
    isDone(wire.revoke(app.revoking(tokens.refresh()).with("token_type_hint", hint)));

    isInvalidGrant(app.refresh(tokens.refresh()));
  }

  @Test
  void whatIsNoTokenIsDoneWith_RV03() {
    isDone(wire.revoke(app.revoking("unknown")));
    isDone(wire.revoke(app.revoking(tokens.refresh() + "x")));
    App.issued(app.refresh(tokens.refresh()));
  }

  @Test
  void tokensOfAnotherClientLive_RV05() {
    App other = App.register(proxy, "none", App.REDIRECT_URI, "https://other.example/");

    isDone(wire.revoke(other.revoking(tokens.refresh())));
    isDone(wire.revoke(other.revoking(tokens.access())));

    assertThat(app.isLetIn(tokens.access())).isTrue();
    App.issued(app.refresh(tokens.refresh()));
  }

  @Test
  void tokenMustStandOnce_RV06() {
    Query form = app.revoking(tokens.refresh());

    isRefused(400, "invalid_request", wire.revoke(form.without("token")));
    isRefused(400, "invalid_request", wire.revoke(form.with("token", "")));
    isRefused(400, "invalid_request", wire.revoke(form.and("token", tokens.refresh())));
    App.issued(app.refresh(tokens.refresh()));
  }

  @Test
  void confidentialClientMustAuthenticate_RV07() {
    App confidential = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    App.Tokens its = confidential.tokens();
    Query form = confidential.revoking(its.refresh());

    isRefused(401, "invalid_client", wire.revoke(form.without("client_secret")));
    isRefused(401, "invalid_client", wire.revoke(form.with("client_secret", "wrong")));
    isRefused(401, "invalid_client", wire.revoke(form.without("client_id")));
    App.issued(confidential.refresh(its.refresh()));
  }

  @Test
  void revokedTokensStayDeadAtAnInstanceThatStartsLater_RV10() {
    App.Tokens second = App.issued(app.refresh(tokens.refresh()));
    isDone(wire.revoke(app.revoking(tokens.access())));
    try (Instance later = proxy.another(Setup.standard())) {
      assertThat(new Wire(later).judged(tokens.access()).statusCode()).isEqualTo(401);
      assertThat(new Wire(later).judged(second.access()).statusCode()).isEqualTo(200);
    }

    isDone(wire.revoke(app.revoking(second.refresh())));
    try (Instance later = proxy.another(Setup.standard())) {
      assertThat(new Wire(later).judged(second.access()).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void deletedClientTakesItsGrantsWithIt_RV11() {
    App deleted = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    App.Tokens its = deleted.tokens();
    assertThat(deleted.isLetIn(its.access())).isTrue();

    proxy.one.storage().clients().delete(deleted.id());

    isDead(proxy, its.access());
  }

  @Test
  void revocationIsAFormThatIsPosted_RV13() {
    String form = app.revoking(tokens.refresh()).encoded();

    assertThat(wire.get("/revoke?" + form).statusCode()).isEqualTo(405);
    isRefused(
        400,
        "invalid_request",
        wire.post("/revoke", Wire.JSON, "{\"token\":\"" + tokens.refresh() + "\"}"));
    isRefused(401, "invalid_client", wire.post("/revoke?" + form, Wire.FORM, ""));
    App.issued(app.refresh(tokens.refresh()));
  }

  private static void isDone(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }
}
