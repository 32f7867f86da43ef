package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.callbackOf;
import static io.mcpoauth.core.flow.Outcomes.code;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static io.mcpoauth.core.flow.Outcomes.goesBackWith;
import static io.mcpoauth.core.flow.Outcomes.staysHere;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage.Kind;
import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two providers side by side: neither can be taken for the other. */
class SeveralProvidersFlowTest extends FlowTest {

  private final Browser browser = flow.browser();

  @Test
  void bothAreOfferedOnTheConsentPage_P13() {
    assertThat(consentPage(browser.open(authorizeQuery())).providers())
        .extracting(ProviderChoice::id)
        .containsExactly("idp", "other-idp");
  }

  @Test
  void eachHasARedirectUriOfItsOwn_UP07() {
    approveAt("other-idp");

    assertThat(flow.otherProvider.started().get(0).redirectUri())
        .hasToString("https://proxy.example/callback/other-idp");
    code(browser.comeBack("other-idp", callbackOf(flow.otherProvider)));
    assertThat(flow.otherProvider.finished().get(0).redirectUri())
        .hasToString("https://proxy.example/callback/other-idp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"idp", "nobody", ""})
  void answerAtTheCallbackOfAnotherIsRefusedAndEndsNothing_UP07(String path) {
    approveAt("other-idp");
    Query callback = callbackOf(flow.otherProvider);

    staysHere(
        Kind.BAD_REQUEST,
        path.isEmpty() ? browser.comeBackToTheOnly(callback) : browser.comeBack(path, callback));

    assertThat(flow.provider.finished()).isEmpty();
    assertThat(flow.otherProvider.finished()).isEmpty();
    code(browser.comeBack("other-idp", callback));
  }

  @Test
  void onlyProviderAnswersAtTheOneCallback_S17() {
    try (AuthorizationServer alone = flow.instanceOf(List.of(flow.provider))) {
      Browser visitor = new Browser(alone);
      visitor.approve(consentPage(visitor.open(authorizeQuery())));

      assertThat(flow.provider.started().get(0).redirectUri())
          .hasToString("https://proxy.example/callback");
      code(visitor.comeBackToTheOnly(flow.callbackQuery()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"idp:alice", "alice"})
  void providerCannotSpeakOfTheUsersOfAnother_UP14(String id) {
    vouchAtTheOther(new User(id, "other-idp", null, null));
    goesBackWith(
        ErrorCode.SERVER_ERROR, browser.comeBack("other-idp", callbackOf(flow.otherProvider)));
  }

  @Test
  void providerCannotGiveItselfOutAsAnother_UP14() {
    vouchAtTheOther(new User("other-idp:alice", "idp", null, null));
    goesBackWith(
        ErrorCode.SERVER_ERROR, browser.comeBack("other-idp", callbackOf(flow.otherProvider)));
  }

  @Test
  void firstProvidersUsersMayKeepTheirIds_UP14() {
    approveAt("idp");
    flow.provider.answerWith(signedIn(new User("alice", "idp", null, null)));
    code(browser.comeBack("idp", flow.callbackQuery()));

    approveAt("idp");
    flow.provider.answerWith(signedIn(new User("other-idp:alice", "idp", null, null)));
    goesBackWith(ErrorCode.SERVER_ERROR, browser.comeBack("idp", flow.callbackQuery()));
  }

  private void vouchAtTheOther(User user) {
    approveAt("other-idp");
    flow.otherProvider.answerWith(signedIn(user));
  }

  private void approveAt(String provider) {
    browser.approve(consentPage(browser.open(authorizeQuery())), provider);
  }

  private static SignInAnswer signedIn(User user) {
    return new SignInAnswer.SignedIn(user, new UpstreamTokens(Secret.of("token"), null, null));
  }
}
