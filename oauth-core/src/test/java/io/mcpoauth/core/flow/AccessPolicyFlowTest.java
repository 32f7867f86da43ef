package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static io.mcpoauth.core.flow.Outcomes.goesBackWith;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.NotAllowed;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.token.TokenRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may come in, and whose coming in ends when the rules or the user change. */
class AccessPolicyFlowTest extends FlowTest {

  private static final AccessPolicy CORP = AccessPolicy.of(List.of(), List.of("corp.com"));
  private static final User ALICE = new User("idp:alice", "idp", "alice@corp.com", "Alice");
  private static final User ALICE_ELSEWHERE =
      new User("idp:alice", "idp", "alice@example.com", "Alice");
  private static final Duration LIFE = Duration.ofMinutes(10);

  @Test
  void userOutsideThePolicySeesAPageThatLeadsBackWithAccessDenied_P12() {
    signsInAs(ALICE_ELSEWHERE);
    try (AuthorizationServer strict = flow.instanceWith(CORP)) {
      NotAllowed denied = denied(signIn(strict));
      assertThat(denied.provider()).isEqualTo("Provider idp");
      assertThat(denied.account()).isEqualTo("alice@example.com");
      goesBackWith(ErrorCode.ACCESS_DENIED, new ToClient(denied.location()));
    }
  }

  @Test
  void userOutsideTheProvidersRulesSeesTheSamePage_UP26() {
    flow.provider.answerWith(new SignInAnswer.NotAllowed(ALICE, "hosted domain"));
    NotAllowed denied = denied(signIn(flow.server));
    goesBackWith(ErrorCode.ACCESS_DENIED, new ToClient(denied.location()));
  }

  @Test
  void userWithinThePolicyComesIn_P12() {
    signsInAs(ALICE);
    try (AuthorizationServer strict = flow.instanceWith(CORP)) {
      assertThat(signIn(strict)).isInstanceOf(ToClient.class);
    }
  }

  @Test
  void stricterPolicyEndsTheGrantWhenTheClientRefreshes_P12() {
    signsInAs(ALICE_ELSEWHERE);
    String refreshToken = refreshToken(flow.signIn());
    try (AuthorizationServer strict = flow.instanceWith(CORP)) {
      refused(
          ErrorCode.INVALID_GRANT,
          strict.token(new TokenRequest(Flow.refreshQuery(refreshToken).parameters(), null)));
    }
    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken));
  }

  @Test
  void addressThatChangedAtTheProviderEndsTheGrant_P12() {
    signsInAs(ALICE);
    Secret accessToken = flow.signIn().accessToken();
    refreshesAs(ALICE_ELSEWHERE);
    flow.advance(LIFE);
    try (AuthorizationServer strict = flow.instanceWith(CORP)) {
      assertThat(Flow.access(strict, accessToken, Flow.MCP))
          .isInstanceOf(AccessDecision.Unauthenticated.class);
    }
  }

  @Test
  void ruleOfTheProviderThatIsBrokenLaterEndsTheGrant_UP26() {
    signsInAs(ALICE);
    Secret accessToken = flow.signIn().accessToken();
    flow.provider.answerRefreshWith(new RefreshAnswer.NotAllowed("organization"));
    flow.advance(LIFE);
    assertThat(flow.access(accessToken)).isInstanceOf(AccessDecision.Unauthenticated.class);
  }

  @Test
  void profileIsRenewedWithTheProvidersTokens() {
    signsInAs(ALICE);
    Secret accessToken = flow.signIn().accessToken();
    refreshesAs(ALICE_ELSEWHERE);
    flow.advance(LIFE);
    await()
        .until(
            () ->
                flow.access(accessToken) instanceof AccessDecision.Granted granted
                    && granted.user().equals(ALICE_ELSEWHERE));
  }

  @Test
  void tokensOfAnotherUserEndTheGrant_UP12() {
    signsInAs(ALICE);
    Secret accessToken = flow.signIn().accessToken();
    refreshesAs(new User("idp:mallory", "idp", "alice@corp.com", "Alice"));
    flow.advance(LIFE);
    assertThat(flow.access(accessToken)).isInstanceOf(AccessDecision.Unauthenticated.class);
  }

  private AuthorizeOutcome signIn(AuthorizationServer instance) {
    Browser browser = new Browser(instance);
    browser.approve(consentPage(browser.open(authorizeQuery())));
    return browser.comeBack(flow.callbackQuery());
  }

  private void signsInAs(User user) {
    flow.provider.answerWith(new SignInAnswer.SignedIn(user, tokens("first")));
  }

  private void refreshesAs(User user) {
    flow.provider.answerRefreshWith(new RefreshAnswer.Refreshed(laterTokens(), user));
  }

  private UpstreamTokens tokens(String accessToken) {
    return new UpstreamTokens(
        Secret.of(accessToken), Secret.of("provider refresh"), flow.clock.instant().plus(LIFE));
  }

  private UpstreamTokens laterTokens() {
    return new UpstreamTokens(
        Secret.of("second"),
        Secret.of("next provider refresh"),
        flow.clock.instant().plus(LIFE.multipliedBy(3)));
  }

  private static NotAllowed denied(AuthorizeOutcome outcome) {
    assertThat(outcome).isInstanceOf(NotAllowed.class);
    return (NotAllowed) outcome;
  }
}
