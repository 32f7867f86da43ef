package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Outcomes.code;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static io.mcpoauth.core.flow.Outcomes.goesBackWith;
import static io.mcpoauth.core.flow.Outcomes.response;
import static io.mcpoauth.core.flow.Outcomes.staysHere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage.Kind;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackFlowTest extends FlowTest {

  private final Browser browser = flow.browser();

  private Query approved() {
    browser.approve(consentPage(browser.open(authorizeQuery())));
    return flow.callbackQuery();
  }

  @Test
  void codeComesBackWithStateAndIssuer_AZ29() {
    AuthorizeOutcome outcome = browser.comeBack(approved());

    assertThat(code(outcome)).startsWith("mcpc_");
    assertThat(response(outcome).get("state")).isEqualTo("the state");
    assertThat(response(outcome).get("iss")).isEqualTo(Flow.ISSUER);
  }

  @Test
  void missingOrDoubledStateIsRefused_UP01() {
    Query callback = approved();

    staysHere(Kind.BAD_REQUEST, browser.comeBack(callback.without("state")));
    staysHere(Kind.BAD_REQUEST, browser.comeBack(callback.and("state", "x")));
    assertThat(flow.provider.finished()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAAAAAAAAAAAAAAAAAAAA.", "AAAAAAAAAAAAAAAAAAAAAA.AAAA", "......"})
  void stateThatIsNotOursIsRefused_UP01(String state) {
    staysHere(Kind.BAD_REQUEST, browser.comeBack(approved().with("state", state)));
  }

  @Test
  void forgedStateEndsNoSignIn_UP01() {
    Query callback = approved();
    String state = flow.provider.started().get(0).state();

    staysHere(
        Kind.BAD_REQUEST, browser.comeBack(callback.with("state", state.substring(0, 23) + "x")));

    code(browser.comeBack(callback));
  }

  @Test
  void stateIsGoodOnceAndForTenMinutes_UP01() {
    Query used = approved();
    code(browser.comeBack(used));
    Query late = approved();
    flow.clock.advance(Duration.ofMinutes(10));

    staysHere(Kind.BAD_REQUEST, browser.comeBack(used));
    staysHere(Kind.BAD_REQUEST, browser.comeBack(late));
    assertThat(flow.provider.finished()).hasSize(1);
  }

  @Test
  void usedStateIsGoneForBrowsersWithoutItsCookieToo_UP01() {
    Query used = approved();
    code(browser.comeBack(used));

    staysHere(Kind.BAD_REQUEST, flow.browser().comeBack(used));
  }

  @Test
  void ofManyCallbacksAtOnceOneGetsACode_UP02() throws Exception {
    Query callback = approved();
    ExecutorService browsers = Executors.newFixedThreadPool(8);
    try {
      Callable<AuthorizeOutcome> comeBack = () -> browser.comeBack(callback);
      List<Future<AuthorizeOutcome>> outcomes =
          browsers.invokeAll(Stream.generate(() -> comeBack).limit(8).toList());

      int codes = 0;
      for (Future<AuthorizeOutcome> outcome : outcomes) {
        if (outcome.get() instanceof ToClient) {
          codes += code(outcome.get()).isEmpty() ? 0 : 1;
        } else {
          staysHere(Kind.BAD_REQUEST, outcome.get());
        }
      }
      assertThat(codes).isEqualTo(1);
      assertThat(flow.provider.finished()).hasSize(1);
    } finally {
      browsers.shutdownNow();
    }
  }

  @Test
  void browserWithTheCookieOfAnotherSignInIsRefused_UP03() {
    Query callback = approved();
    Browser other = flow.browser();
    other.approve(consentPage(other.open(authorizeQuery())));

    staysHere(Kind.FORBIDDEN, other.comeBack(callback));
    assertThat(flow.provider.finished()).isEmpty();
  }

  @Test
  void codeThatStorageCannotKeepNeverLeaves_UP18() {
    FaultyStorage faulty = new FaultyStorage(flow.storage);
    try (AuthorizationServer troubled = flow.instanceOn(faulty.storage())) {
      Browser visitor = new Browser(troubled);
      visitor.approve(consentPage(visitor.open(authorizeQuery())));
      Query callback = flow.callbackQuery();
      faulty.breakDown("create");

      // Answered with 503 and a page that says so; nothing of the sign-in is left.
      assertThatThrownBy(() -> visitor.comeBack(callback)).isInstanceOf(StorageException.class);
      faulty.repair("create");
      staysHere(Kind.BAD_REQUEST, visitor.comeBack(callback));
      assertThat(flow.provider.finished()).hasSize(1);

      visitor.approve(consentPage(visitor.open(authorizeQuery())));
      code(visitor.comeBack(flow.callbackQuery()));
    }
  }

  @Test
  void providersAnswerIsToldToTheClient_UP05_UP09() {
    flow.provider.answerWith(new SignInAnswer.Denied());
    goesBackWith(ErrorCode.ACCESS_DENIED, browser.comeBack(approved()));

    flow.provider.answerWith(new SignInAnswer.Rejected("nonce"));
    goesBackWith(ErrorCode.SERVER_ERROR, browser.comeBack(approved()));

    flow.provider.answerWith(new SignInAnswer.Unavailable("timeout"));
    Query callback = approved();
    goesBackWith(ErrorCode.TEMPORARILY_UNAVAILABLE, browser.comeBack(callback));
    staysHere(Kind.BAD_REQUEST, browser.comeBack(callback));
  }

  @Test
  void providersWordsAreNotRepeated_UP06() {
    flow.provider.answerWith(new SignInAnswer.Denied());
    Query callback =
        approved()
            .with("error", "access_denied")
            .with("error_description", "<script>")
            .with("iss", "https://idp.example");

    assertThat(Outcomes.location(browser.comeBack(callback))).doesNotContain("script", "idp");
  }

  @Test
  void answerOfAnotherIssuerStaysHere_UP07() {
    flow.provider.answerWith(new SignInAnswer.WrongIssuer());
    Query callback = approved();

    staysHere(Kind.BAD_REQUEST, browser.comeBack(callback));
    staysHere(Kind.BAD_REQUEST, browser.comeBack(callback));
  }

  @Test
  void stateOfOneProviderFinishesNoSignInAtAnother_UP07() {
    var page = consentPage(browser.open(authorizeQuery()));
    browser.approve(page);
    browser.approve(page, flow.otherProvider.id());

    assertThat(browser.comeBack(Flow.callbackOf(flow.provider))).isInstanceOf(ErrorPage.class);

    assertThat(flow.otherProvider.finished()).isEmpty();
    assertThat(flow.provider.finished()).isEmpty();
  }

  @Test
  void laterChoiceOfAProviderIsTheOneThatCounts_CN08() {
    var page = consentPage(browser.open(authorizeQuery()));
    browser.approve(page);
    browser.approve(page, flow.otherProvider.id());

    assertThat(Outcomes.code(browser.comeBack("other-idp", Flow.callbackOf(flow.otherProvider))))
        .isNotEmpty();
    assertThat(flow.provider.finished()).isEmpty();
  }

  @Test
  void providerIsAskedWithPkceAndNonce_UP08() {
    browser.comeBack(approved());

    SignInRequest asked = flow.provider.started().get(0);
    SignInCallback finished = flow.provider.finished().get(0);
    assertThat(asked.redirectUri()).hasToString("https://proxy.example/callback/idp");
    assertThat(asked.codeChallenge())
        .isEqualTo(CodeChallenge.ofVerifier(finished.codeVerifier().expose()));
    assertThat(asked.nonce()).isEqualTo(finished.nonce()).hasSize(43);
    assertThat(asked.state()).doesNotContain(asked.nonce(), finished.codeVerifier().expose());
  }
}
