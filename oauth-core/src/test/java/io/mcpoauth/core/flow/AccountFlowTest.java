package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.REDIRECT_URI;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static io.mcpoauth.core.flow.Outcomes.staysHere;
import static io.mcpoauth.core.flow.Outcomes.toProvider;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.account.AccountOutcome;
import io.mcpoauth.core.account.AccountOutcome.Disconnected;
import io.mcpoauth.core.account.AccountOutcome.Overview;
import io.mcpoauth.core.account.AccountOutcome.SignInNeeded;
import io.mcpoauth.core.account.AccountOutcome.SignedOut;
import io.mcpoauth.core.account.AccountRequest;
import io.mcpoauth.core.account.ConnectedApp;
import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeOutcome.NotSignedIn;
import io.mcpoauth.core.authorize.AuthorizeOutcome.SignedInHere;
import io.mcpoauth.core.internal.session.Sessions;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user sees and ends what clients may do. */
class AccountFlowTest extends FlowTest {

  private final Issued connected = flow.signIn();

  @Test
  void userSeesWhatIsConnected_N5() {
    Overview overview = overview(signIn());

    assertThat(overview.user().email()).isEqualTo("alice@example.com");
    assertThat(overview.apps()).singleElement().satisfies(this::isTheConnection);
  }

  private void isTheConnection(ConnectedApp app) {
    assertThat(app.clientName()).isEqualTo("Client client");
    assertThat(app.grant().redirectUri()).isEqualTo(new RedirectUri(REDIRECT_URI));
    assertThat(app.grant().grant().scopes()).isEqualTo(connected.scopes());
    assertThat(app.grant().grant().resource()).isEqualTo(Flow.MCP.uri());
    assertThat(app.grant().lastUsed()).isEqualTo(flow.clock.instant());
  }

  @Test
  void usersSeeTheirOwnGrantsOnly() {
    vouchFor("idp:bob");

    assertThat(overview(signIn()).apps()).isEmpty();
  }

  @Test
  void disconnectedClientIsOutAtOnceAndEverywhere() {
    try (AuthorizationServer other = flow.otherInstance()) {
      assertThat(Flow.access(other, connected.accessToken(), Flow.MCP))
          .isInstanceOf(AccessDecision.Granted.class);
      Secret session = signIn();
      Overview overview = overview(session);

      assertThat(flow.server.disconnect(form(session, overview), grantId(overview)))
          .isInstanceOf(Disconnected.class);

      assertThat(flow.isLetIn(connected.accessToken())).isFalse();
      refused(ErrorCode.INVALID_GRANT, flow.refresh(Outcomes.refreshToken(connected)));
      assertThat(overview(session).apps()).isEmpty();
      assertThat(flow.audited)
          .contains(new AuditEvent.GrantRevoked(grantId(overview), RevocationReason.USER_REQUEST));
      Flow.awaitRefusal(other, connected.accessToken());
    }
  }

  @Test
  void grantOfAnotherUserIsLeftAlone() {
    String grantId = grantId(overview(signIn()));
    vouchFor("idp:bob");
    Secret session = signIn();

    assertThat(flow.server.disconnect(form(session, overview(session)), grantId))
        .isInstanceOf(Disconnected.class);
    assertThat(flow.isLetIn(connected.accessToken())).isTrue();
  }

  @Test
  void formWithoutItsTokenDoesNothing_WB05() {
    Secret session = signIn();
    Secret other = signIn();
    Overview overview = overview(session);

    for (AccountRequest forged :
        List.of(
            new AccountRequest(session, null),
            new AccountRequest(session, Secret.of("forged")),
            new AccountRequest(session, overview(other).formToken()))) {
      assertThat(flow.server.disconnect(forged, grantId(overview)))
          .isEqualTo(new AccountOutcome.FormRefused());
      assertThat(flow.server.signOut(forged)).isEqualTo(new AccountOutcome.FormRefused());
    }
    AccountRequest withoutSession = new AccountRequest(null, overview.formToken());
    assertThat(flow.server.disconnect(withoutSession, grantId(overview)))
        .isInstanceOf(SignInNeeded.class);
    assertThat(flow.server.signOut(withoutSession)).isInstanceOf(SignInNeeded.class);
    assertThat(flow.isLetIn(connected.accessToken())).isTrue();
    assertThat(flow.server.account(session)).isInstanceOf(Overview.class);
  }

  @Test
  void signedOutSessionIsOverWhoeverHasItsCookie_WB11() {
    Secret session = signIn();
    Overview overview = overview(session);

    assertThat(flow.server.signOut(form(session, overview))).isInstanceOf(SignedOut.class);

    assertThat(flow.server.account(session)).isInstanceOf(SignInNeeded.class);
    assertThat(flow.server.disconnect(form(session, overview), grantId(overview)))
        .isInstanceOf(SignInNeeded.class);
    assertThat(flow.isLetIn(connected.accessToken())).isTrue();
  }

  @Test
  void sessionEndsAfterAFixedTimeUsedOrNot_WB04() {
    Secret session = signIn();
    flow.clock.advance(Sessions.LIFETIME.minus(Duration.ofSeconds(1)));
    assertThat(flow.server.account(session)).isInstanceOf(Overview.class);

    flow.clock.advance(Duration.ofSeconds(1));
    assertThat(flow.server.account(session)).isInstanceOf(SignInNeeded.class);
  }

  @Test
  void everySignInBeginsASessionOfItsOwn_WB08() {
    assertThat(signIn().expose()).isNotEqualTo(signIn().expose());
    assertThat(flow.server.account(Secret.of("A".repeat(43)))).isInstanceOf(SignInNeeded.class);
  }

  @Test
  void callbackInAnotherBrowserSignsNobodyIn_WB16() {
    flow.browser().signIn("idp");

    staysHere(ErrorPage.Kind.FORBIDDEN, flow.browser().comeBack(flow.callbackQuery()));
  }

  @Test
  void signInThatFailsLeavesNoSession() {
    flow.provider.answerWith(new SignInAnswer.Denied());
    assertThat(comeBack()).isEqualTo(new NotSignedIn(ErrorCode.ACCESS_DENIED));
    flow.provider.answerWith(new SignInAnswer.Unavailable("down"));
    assertThat(comeBack()).isEqualTo(new NotSignedIn(ErrorCode.TEMPORARILY_UNAVAILABLE));
    vouchFor("other-idp:alice");
    assertThat(comeBack()).isEqualTo(new NotSignedIn(ErrorCode.ACCESS_DENIED));
    staysHere(ErrorPage.Kind.BAD_REQUEST, flow.browser().signIn("nobody"));
  }

  @Test
  void userWhomTheOperatorKeepsOutDoesNotComeIn_P12() {
    try (AuthorizationServer strict =
        flow.instanceWith(AccessPolicy.of(List.of(), List.of("corp.example")))) {
      Browser browser = new Browser(strict);
      browser.signIn("idp");

      assertThat(browser.comeBack(flow.callbackQuery()))
          .isEqualTo(new NotSignedIn(ErrorCode.ACCESS_DENIED));
    }
  }

  @Test
  void signInForThePageGivesNoCodeToAnybody() {
    Browser browser = flow.browser();
    assertThat(toProvider(browser.signIn("idp")).location().getHost()).isEqualTo("idp.example");

    assertThat(browser.comeBack(flow.callbackQuery())).isInstanceOf(SignedInHere.class);
    staysHere(ErrorPage.Kind.BAD_REQUEST, browser.comeBack(flow.callbackQuery()));
  }

  private void vouchFor(String userId) {
    flow.provider.answerWith(
        new SignInAnswer.SignedIn(
            new User(userId, "idp", null, null),
            new UpstreamTokens(Secret.of("upstream access token"), null, null)));
  }

  private Secret signIn() {
    AuthorizeOutcome outcome = comeBack();
    assertThat(outcome).isInstanceOf(SignedInHere.class);
    return ((SignedInHere) outcome).session();
  }

  private AuthorizeOutcome comeBack() {
    Browser browser = flow.browser();
    browser.signIn("idp");
    return browser.comeBack(flow.callbackQuery());
  }

  private Overview overview(Secret session) {
    AccountOutcome outcome = flow.server.account(session);
    assertThat(outcome).isInstanceOf(Overview.class);
    return (Overview) outcome;
  }

  private static AccountRequest form(Secret session, Overview overview) {
    return new AccountRequest(session, overview.formToken());
  }

  private static String grantId(Overview overview) {
    return overview.apps().get(0).grant().grant().id();
  }
}
