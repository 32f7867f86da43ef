package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Outcomes.code;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static io.mcpoauth.core.flow.Outcomes.goesBackWith;
import static io.mcpoauth.core.flow.Outcomes.response;
import static io.mcpoauth.core.flow.Outcomes.staysHere;
import static io.mcpoauth.core.flow.Outcomes.toProvider;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage.Kind;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsentFlowTest extends FlowTest {

  private final Browser browser = flow.browser();

  private ConsentPage page() {
    return consentPage(browser.open(authorizeQuery()));
  }

  @Test
  void userIsAskedBeforeTheProviderIs_CN01() {
    ConsentPage page = page();

    assertThat(flow.provider.started()).isEmpty();
    assertThat(page.clientRegisteredByOperator()).isFalse();
    assertThat(page.redirectUri()).hasToString(Flow.REDIRECT_URI);
    toProvider(browser.approve(page));
    assertThat(flow.provider.started()).hasSize(1);
  }

  @Test
  void clientThatHasMovedSinceThePageWasShownGetsNothing_CN17() {
    ConsentPage page = page();
    flow.moveAway("client");

    staysHere(Kind.BAD_REQUEST, browser.approve(page));
    staysHere(Kind.BAD_REQUEST, browser.decline(page));
  }

  @Test
  void clientThatMovesDuringTheSignInGetsNoCode_CN20() {
    browser.approve(page());
    flow.moveAway("client");

    staysHere(Kind.BAD_REQUEST, browser.comeBack(flow.callbackQuery()));
  }

  @Test
  void userIsAskedEachTime_CN04_CN05() {
    ConsentPage page = page();
    browser.approve(page);
    code(browser.comeBack(flow.callbackQuery()));

    page();
  }

  @Test
  void approvalInOneBrowserIsNoneInAnother_CN02() {
    browser.approve(page());

    staysHere(Kind.FORBIDDEN, flow.browser().comeBack(flow.callbackQuery()));

    assertThat(flow.provider.finished()).isEmpty();
    code(browser.comeBack(flow.callbackQuery()));
  }

  @Test
  void ticketOfAnotherBrowserIsWorthNothing_CN03() {
    Browser attacker = flow.browser();
    ConsentPage attackersPage = consentPage(attacker.open(authorizeQuery()));
    page();

    staysHere(Kind.FORBIDDEN, browser.approve(attackersPage));
    staysHere(Kind.FORBIDDEN, flow.browser().approve(attackersPage));
    assertThat(flow.provider.started()).isEmpty();
  }

  @Test
  void changedTicketIsWorthNothing_CN07() {
    ConsentPage page = page();
    String ticket = page.ticket().expose();
    char other = ticket.charAt(100) == 'A' ? 'B' : 'A';
    String changed = ticket.substring(0, 100) + other + ticket.substring(101);

    for (String text : new String[] {changed, "", "!", ticket.substring(1), "A".repeat(10_000)}) {
      staysHere(
          Kind.BAD_REQUEST,
          browser.submit(new ConsentSubmission(Secret.of(text), "idp", page.browserSecret())));
    }
    staysHere(
        Kind.BAD_REQUEST, browser.submit(new ConsentSubmission(null, "idp", page.browserSecret())));
  }

  @Test
  void doubleClickGetsTheSameAnswer_CN08() {
    ConsentPage page = page();
    ToProvider first = toProvider(browser.approve(page));
    ToProvider second = toProvider(browser.approve(page));

    assertThat(second.location()).isEqualTo(first.location());
    assertThat(second.browserSecret().expose()).isEqualTo(first.browserSecret().expose());
    code(browser.comeBack(flow.callbackQuery()));
    staysHere(Kind.BAD_REQUEST, browser.comeBack(flow.callbackQuery()));
  }

  @Test
  void approvedPageIsDeadOnceTheSignInIsFinished_CN08() {
    ConsentPage page = page();
    browser.approve(page);
    browser.comeBack(flow.callbackQuery());

    staysHere(Kind.BAD_REQUEST, browser.approve(page));
    staysHere(Kind.BAD_REQUEST, browser.decline(page));
  }

  @Test
  void twoTabsOfOneBrowserCanBothBeApproved_CN08() {
    ConsentPage one = page();
    ConsentPage other = page();

    browser.approve(one);
    Query firstCallback = flow.callbackQuery();
    browser.approve(other);

    assertThat(code(browser.comeBack(flow.callbackQuery())))
        .isNotEqualTo(code(browser.comeBack(firstCallback)));
  }

  @Test
  void deniedRequestGoesBackAndIsDead_CN09() {
    ConsentPage page = page();
    AuthorizeOutcome outcome = browser.decline(page);

    goesBackWith(ErrorCode.ACCESS_DENIED, outcome);
    assertThat(response(outcome).get("state")).isEqualTo("the state");
    staysHere(Kind.BAD_REQUEST, browser.approve(page));
    staysHere(Kind.BAD_REQUEST, browser.comeBack(flow.callbackQuery()));
    assertThat(flow.provider.finished()).isEmpty();
  }

  @Test
  void denialAfterApprovalEndsTheSignIn_CN09() {
    ConsentPage page = page();
    browser.approve(page);
    goesBackWith(ErrorCode.ACCESS_DENIED, browser.decline(page));

    staysHere(Kind.BAD_REQUEST, browser.comeBack(flow.callbackQuery()));
    assertThat(flow.provider.finished()).isEmpty();
  }

  @Test
  void pageExpires_CN18() {
    ConsentPage page = page();
    flow.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    toProvider(browser.approve(page));
    flow.clock.advance(Duration.ofMillis(1));

    staysHere(Kind.BAD_REQUEST, browser.approve(page));
  }

  @Test
  void providerMustBeOneOfOurs() {
    staysHere(Kind.BAD_REQUEST, browser.approve(page(), "evil"));
  }

  @Test
  void unreachableProviderIsAnOutageAndCanBeTriedAgain() {
    ConsentPage page = page();
    flow.provider.reachable(false);
    staysHere(Kind.UNAVAILABLE, browser.approve(page));

    flow.provider.reachable(true);
    toProvider(browser.approve(page));
  }

  @Test
  void browserThatWasGivenAStrangeCookieGetsANewOne() {
    var request =
        new io.mcpoauth.core.authorize.AuthorizeRequest(
            authorizeQuery().parameters(), Secret.of("x"));

    ConsentPage page = consentPage(flow.server.authorize(request));

    assertThat(page.browserSecret().expose()).hasSize(43);
  }
}
