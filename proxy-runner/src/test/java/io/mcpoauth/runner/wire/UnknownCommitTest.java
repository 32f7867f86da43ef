package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isBusy;
import static io.mcpoauth.runner.wire.Answers.isDead;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.runner.wire.DatabaseRelay.Cut;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections to the database that are lost while a statement is under way: nobody knows whether it
 * took effect. That is never told as a success, and never tried again by ourselves.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnknownCommitTest extends WireTest {

  private static final String REDEEM = "update mcp_oauth.grants g set redeemed_at";
  private static final String ROTATE = "update mcp_oauth.grants set replaced_hashes";
  private static final String REVOKE = "update mcp_oauth.grants set revoked_at";
  private static final String REVOKE_ACCESS_TOKEN = "insert into mcp_oauth.access_tokens";

  private final DatabaseRelay network = new DatabaseRelay(proxy.database);
  private final App app = App.register(proxy);
  private final Instance instance;
  private final Wire unlucky;
  private int cutsBefore;

  UnknownCommitTest(TwoInstances proxy) {
    super(proxy);
    instance = proxy.another(Setup.standard().on(any -> PostgresStorage.connect(network.dsn(), 2)));
    unlucky = new Wire(instance);
  }

  @BeforeEach
  void count() {
    cutsBefore = network.cuts();
  }

  @AfterAll
  void stop() {
    instance.close();
    network.close();
  }

  @Test
  void codeStaysGoodWhenItsRedemptionNeverGotThere_DB12() {
    String code = app.code();
    network.cutNext(REDEEM, Cut.BEFORE_THE_STATEMENT);
    isBusy(unlucky.token(app.exchange(code)));

    assertThat(app.isLetIn(App.issued(unlucky.token(app.exchange(code))).access())).isTrue();
    wasCutOnce();
  }

  /** Nobody holds the tokens of that redemption, so that the user signs in again, at the worst. */
  @Test
  void codeIsNeverRedeemedTwiceWhenItsRedemptionWasNotHeardOf_DB12() {
    String code = app.code();
    network.cutNext(REDEEM, Cut.AFTER_THE_COMMIT);
    isBusy(unlucky.token(app.exchange(code)));

    assertThat(newestGrant("redeemed_at is not null and revoked_at is null")).isTrue();
    Answers.isInvalidGrant(unlucky.token(app.exchange(code)));
    assertThat(newestGrant("revoked_at is null")).isFalse();
    wasCutOnce();
  }

  /** The successor is the same in both cases, so that the client goes on where it was. */
  @ParameterizedTest
  @EnumSource
  void refreshIsRepeatedAndRotatesOnce_DB12(Cut cut) {
    App.Tokens tokens = app.tokens();
    network.cutNext(ROTATE, cut);
    isBusy(unlucky.token(app.refreshing(tokens.refresh())));
    assertThat(newestGrant("generation = 1")).isEqualTo(cut == Cut.AFTER_THE_COMMIT);

    App.Tokens next = App.issued(unlucky.token(app.refreshing(tokens.refresh())));
    assertThat(newestGrant("generation = 1")).isTrue();
    assertThat(app.isLetIn(next.access())).isTrue();
    App.issued(unlucky.token(app.refreshing(next.refresh())));
    wasCutOnce();
  }

  @ParameterizedTest
  @EnumSource
  void revocationIsConfirmedOnlyWhenItIsKnown_DB12(Cut cut) {
    App.Tokens tokens = app.tokens();
    network.cutNext(REVOKE, cut);
    isBusy(unlucky.revoke(app.revoking(tokens.refresh())));
    if (cut == Cut.BEFORE_THE_STATEMENT) {
      assertThat(app.isLetIn(tokens.access())).isTrue();
    } else {
      isDead(proxy, tokens.access());
    }

    assertThat(unlucky.revoke(app.revoking(tokens.refresh())).statusCode()).isEqualTo(200);
    isDead(proxy, tokens.access());
    wasCutOnce();
  }

  @ParameterizedTest
  @EnumSource
  void revocationOfOneAccessTokenIsConfirmedOnlyWhenItIsKnown_DB12(Cut cut) {
    App.Tokens tokens = app.tokens();
    network.cutNext(REVOKE_ACCESS_TOKEN, cut);
    isBusy(unlucky.revoke(app.revoking(tokens.access())));

    HttpResponse<String> again = unlucky.revoke(app.revoking(tokens.access()));
    assertThat(again.statusCode()).isEqualTo(200);
    isDead(proxy, tokens.access());
    wasCutOnce();
  }

  private boolean newestGrant(String condition) {
    return proxy
        .database
        .text(
            "select %s from mcp_oauth.grants where client_id = '%s' order by created_at desc limit 1"
                .formatted(condition, app.id()))
        .equals("t");
  }

  private void wasCutOnce() {
    assertThat(network.cuts()).isEqualTo(cutsBefore + 1);
  }
}
