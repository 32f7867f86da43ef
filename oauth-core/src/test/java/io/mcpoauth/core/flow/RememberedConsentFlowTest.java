package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.OTHER_MCP;
import static io.mcpoauth.core.flow.Flow.OTHER_REDIRECT_URI;
import static io.mcpoauth.core.flow.Flow.REDIRECT_URI;
import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.audit.AuditEvent.ConsentGiven;
import io.mcpoauth.core.authorize.ApprovalsCookie;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.AskConsent;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.token.TokenRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an earlier approval stands for the consent page, and when it must not. */
class RememberedConsentFlowTest extends FlowTest {

  private static final Duration MEMORY = Duration.ofDays(30);

  private final AuthorizationServer server = flow.instanceRemembering(MEMORY);
  private Secret cookie = Secret.of("");

  @BeforeEach
  void approveOnce() {
    flow.register("web", ClientAuthenticationMethod.NONE, REDIRECT_URI, OTHER_REDIRECT_URI);
    cookie = approve(query(), null, true).value();
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void rememberedApprovalLeadsToTheProviderAndToACode_Policy6() {
    AuthorizeOutcome outcome = open(query());

    assertThat(outcome).isInstanceOf(ToProvider.class);
    assertThat(Outcomes.code(comeBack((ToProvider) outcome))).isNotEmpty();
  }

  @Test
  void operatorIsToldThatNobodyWasAsked_Policy6() {
    open(query());

    assertThat(flow.audited)
        .filteredOn(event -> event instanceof ConsentGiven given && given.recalled())
        .hasSize(1);
  }

  @Test
  void fewerScopesNeedNoNewApproval_Policy6() {
    assertThat(open(query().with("scope", "read"))).isInstanceOf(ToProvider.class);
  }

  @Test
  void requestThatASiteLedToIsAsked_CN04() {
    assertThat(server.authorize(new AuthorizeRequest(query().parameters(), null, cookie, false)))
        .isInstanceOf(AskConsent.class);
  }

  @Test
  void anotherRedirectUriResourceOrScopeIsAsked_CN05() {
    assertAsked(query().with("redirect_uri", OTHER_REDIRECT_URI));
    assertAsked(query().with("resource", OTHER_MCP.uri().value()));
    Secret narrow = approve(query().with("scope", "read"), null, true).value();
    assertThat(open(query(), narrow)).isInstanceOf(AskConsent.class);
  }

  @Test
  void anotherClientIsAsked_CN05() {
    flow.register("twin", ClientAuthenticationMethod.NONE, REDIRECT_URI);
    assertAsked(query().with("client_id", "twin"));
  }

  @Test
  void anotherUserIsAskedAfterTheSignIn_CN05() {
    flow.provider.answerWith(
        new SignInAnswer.SignedIn(
            new User("idp:bob", "idp", null, null),
            new UpstreamTokens(Secret.of("upstream access token"), null, null)));

    AuthorizeOutcome outcome = comeBack((ToProvider) open(query()));

    assertThat(outcome).isInstanceOf(AskConsent.class);
    ConsentPage page = ((AskConsent) outcome).page();
    AuthorizeOutcome approved =
        server.decide(new ConsentSubmission(page.ticket(), "idp", page.browserSecret()));
    assertThat(Outcomes.code(comeBack((ToProvider) approved))).isNotEmpty();
  }

  @Test
  void userWhoDisconnectedTheClientIsAskedAgain_CN20() {
    flow.storage
        .grants()
        .ofUser("idp:alice", "idp", 10)
        .forEach(
            listed ->
                flow.storage.grants().revoke(listed.grant().id(), RevocationReason.USER_REQUEST));

    assertThat(comeBack((ToProvider) open(query()))).isInstanceOf(AskConsent.class);
  }

  @Test
  void memoryEndsWithItsLifetime_Policy6() {
    flow.clock.advance(MEMORY.minusSeconds(1));
    assertThat(open(query())).isInstanceOf(ToProvider.class);

    flow.clock.advance(Duration.ofSeconds(1));
    assertAsked(query());
  }

  @ParameterizedTest
  @ValueSource(strings = {"consent", "login", "select_account"})
  void clientThatWantsAPromptGetsOne_AZ32(String prompt) {
    assertAsked(query().with("prompt", prompt));
  }

  @Test
  void cookieThatWasTamperedWithIsWorthNothing_WB07() {
    String text = cookie.expose();
    char last = text.charAt(text.length() - 2);
    String flipped = text.substring(0, text.length() - 2) + (last == 'A' ? 'B' : 'A') + "A";

    assertThat(open(query(), Secret.of(flipped))).isInstanceOf(AskConsent.class);
    assertThat(open(query(), Secret.of("=" + text))).isInstanceOf(AskConsent.class);
    assertThat(open(query(), null)).isInstanceOf(AskConsent.class);
  }

  @Test
  void programsOnTheDeviceAreNeverRemembered() {
    flow.register("native", ClientAuthenticationMethod.NONE, "http://127.0.0.1/callback");
    Query query =
        query().with("client_id", "native").with("redirect_uri", "http://127.0.0.1/callback");
    AskConsent asked = (AskConsent) open(query);
    assertThat(asked.page().rememberFor()).isNull();

    ToClient answer =
        (ToClient)
            comeBack(
                (ToProvider)
                    server.decide(
                        new ConsentSubmission(
                            asked.page().ticket(), "idp", asked.page().browserSecret(), true)));
    assertThat(answer.approvals()).isNull();
  }

  @Test
  void userWhoDoesNotWantItIsNotRemembered() {
    AskConsent asked = (AskConsent) open(query().with("redirect_uri", OTHER_REDIRECT_URI));
    assertThat(asked.page().rememberFor()).isEqualTo(MEMORY);

    assertThat(decideAndComeBack(asked, false, null).approvals()).isNull();
  }

  @Test
  void nothingIsRecalledWhereTheOperatorDoesNotSaySo_CN04() {
    AuthorizeOutcome outcome =
        flow.server.authorize(new AuthorizeRequest(query().parameters(), null, cookie, true));

    assertThat(outcome).isInstanceOf(AskConsent.class);
    assertThat(((AskConsent) outcome).page().rememberFor()).isNull();
  }

  @Test
  void browserRemembersABoundedNumberOfApprovals() {
    Secret many = cookie;
    for (int i = 0; i < 20; i++) {
      String id = "web-" + i;
      flow.register(id, ClientAuthenticationMethod.NONE, REDIRECT_URI);
      many = approve(query().with("client_id", id), many, true).value();
      assertThat(many.expose()).hasSizeLessThanOrEqualTo(3_500);
    }

    assertThat(open(query().with("client_id", "web-19"), many)).isInstanceOf(ToProvider.class);
    assertThat(open(query().with("client_id", "web-11"), many)).isInstanceOf(ToProvider.class);
    assertThat(open(query(), many)).isInstanceOf(AskConsent.class);
  }

  private void assertAsked(Query query) {
    assertThat(open(query)).isInstanceOf(AskConsent.class);
  }

  private static Query query() {
    return authorizeQuery().with("client_id", "web");
  }

  private AuthorizeOutcome open(Query query) {
    return open(query, cookie);
  }

  private AuthorizeOutcome open(Query query, @Nullable Secret approvals) {
    return server.authorize(new AuthorizeRequest(query.parameters(), null, approvals, true));
  }

  /** Approves on the page and redeems the code, so that there is a live grant. */
  private ApprovalsCookie approve(Query query, @Nullable Secret approvals, boolean remember) {
    AskConsent asked =
        (AskConsent)
            server.authorize(new AuthorizeRequest(query.parameters(), null, approvals, false));
    ToClient answer = decideAndComeBack(asked, remember, approvals);
    Query redemption =
        Flow.codeQuery(Outcomes.code(answer))
            .with("client_id", String.valueOf(query.parameters().get("client_id")));
    Outcomes.issued(server.token(new TokenRequest(redemption.parameters(), null)));
    ApprovalsCookie remembered = answer.approvals();
    assertThat(remembered).isNotNull();
    return remembered == null ? new ApprovalsCookie(Secret.of(""), MEMORY) : remembered;
  }

  private ToClient decideAndComeBack(
      AskConsent asked, boolean remember, @Nullable Secret approvals) {
    ConsentPage page = asked.page();
    AuthorizeOutcome approved =
        server.decide(new ConsentSubmission(page.ticket(), "idp", page.browserSecret(), remember));
    return (ToClient) comeBack((ToProvider) approved, approvals);
  }

  private AuthorizeOutcome comeBack(ToProvider login) {
    return comeBack(login, cookie);
  }

  private AuthorizeOutcome comeBack(ToProvider login, @Nullable Secret approvals) {
    return server.callback(
        new CallbackRequest(
            flow.callbackQuery().parameters(),
            Map.of(login.loginId(), login.browserSecret()),
            "idp",
            null,
            approvals));
  }
}
