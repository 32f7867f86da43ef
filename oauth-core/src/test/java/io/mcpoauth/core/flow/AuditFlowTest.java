package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.codeQuery;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditEvent.AccessTokenRevoked;
import io.mcpoauth.core.audit.AuditEvent.ClientDeleted;
import io.mcpoauth.core.audit.AuditEvent.ClientRegistered;
import io.mcpoauth.core.audit.AuditEvent.ClientUpdated;
import io.mcpoauth.core.audit.AuditEvent.CodeIssued;
import io.mcpoauth.core.audit.AuditEvent.CodeReplayed;
import io.mcpoauth.core.audit.AuditEvent.ConsentDenied;
import io.mcpoauth.core.audit.AuditEvent.ConsentGiven;
import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.GrantRevoked;
import io.mcpoauth.core.audit.AuditEvent.RefreshTokenReused;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditEvent.SignInFinished;
import io.mcpoauth.core.audit.AuditEvent.SignInRefused;
import io.mcpoauth.core.audit.AuditEvent.TokensIssued;
import io.mcpoauth.core.audit.AuditEvent.TokensRefreshed;
import io.mcpoauth.core.audit.AuditEvent.UserNotAllowed;
import io.mcpoauth.core.client.ManagementRequest;
import io.mcpoauth.core.client.ManagementRequest.Action;
import io.mcpoauth.core.client.RegistrationOutcome.Current;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the operator can learn later of what happened (P16). */
class AuditFlowTest extends FlowTest {

  private static final String ALICE = "idp:alice";
  private static final Duration BEYOND_THE_WINDOW = Duration.ofMinutes(5);

  @Test
  void stepsOfAFlowAreToldInOrder() {
    Issued first = flow.signIn();
    Outcomes.issued(flow.refresh(refreshToken(first)));
    Outcomes.issued(flow.refresh(refreshToken(first)));

    assertThat(flow.audited)
        .extracting(AuditEvent::getClass)
        .containsExactly(
            ConsentGiven.class,
            SignInFinished.class,
            CodeIssued.class,
            TokensIssued.class,
            TokensRefreshed.class,
            TokensRefreshed.class);
    ConsentGiven given = only(ConsentGiven.class);
    assertThat(given.clientId()).isEqualTo("client");
    assertThat(given.redirectUri()).isEqualTo(Flow.REDIRECT_URI);
    SignInFinished signIn = only(SignInFinished.class);
    assertThat(signIn.loginId()).isEqualTo(given.loginId());
    assertThat(signIn.userId()).isEqualTo(ALICE);
    TokensIssued issued = only(TokensIssued.class);
    assertThat(issued.grantId()).isEqualTo(only(CodeIssued.class).grantId());
    assertThat(issued.resource()).isEqualTo(Flow.MCP.uri());
    assertThat(all(TokensRefreshed.class))
        .extracting(TokensRefreshed::repeated)
        .containsExactly(false, true);
  }

  @Test
  void requestsToAnMcpServerAreNotTold() {
    Issued tokens = flow.signIn();
    int before = flow.audited.size();

    flow.isLetIn(tokens.accessToken());
    flow.access(Secret.of("forged"));

    assertThat(flow.audited).hasSize(before);
  }

  @Test
  void declinedConsentIsTold() {
    Browser browser = flow.browser();
    browser.decline(consentPage(browser.open(authorizeQuery())));

    assertThat(only(ConsentDenied.class).clientId()).isEqualTo("client");
  }

  @Test
  void failedSignInIsTold() {
    flow.provider.answerWith(new SignInAnswer.Rejected("the signature is wrong"));
    Browser browser = flow.browser();
    browser.approve(consentPage(browser.open(authorizeQuery())));
    browser.comeBack(flow.callbackQuery());

    SignInRefused refused = only(SignInRefused.class);
    assertThat(refused.loginId()).isEqualTo(only(ConsentGiven.class).loginId());
    assertThat(refused.error()).isEqualTo(ErrorCode.SERVER_ERROR);
  }

  @Test
  void userWhoIsKeptOutIsToldWithTheRuleAndNoAddress_LG11() {
    String refreshToken = refreshToken(flow.signIn());
    try (AuthorizationServer strict =
        flow.instanceWith(AccessPolicy.of(List.of(), List.of("corp.com")))) {
      strict.token(new TokenRequest(Flow.refreshQuery(refreshToken).parameters(), null));
    }

    assertThat(only(UserNotAllowed.class))
        .isEqualTo(new UserNotAllowed(ALICE, "idp", "client", "e-mail"));
    assertThat(only(GrantRevoked.class).reason()).isEqualTo(RevocationReason.NOT_ALLOWED);
    assertThat(flow.audited.toString()).doesNotContain("@");
  }

  @Test
  void replayedCodeIsToldWithTheEndOfItsGrant_TC01() {
    String code = flow.code(authorizeQuery());
    flow.token(codeQuery(code));
    flow.token(codeQuery(code));
    flow.token(codeQuery(code));

    String grantId = only(TokensIssued.class).grantId();
    assertThat(all(CodeReplayed.class))
        .isNotEmpty()
        .allMatch(e -> e.equals(new CodeReplayed(grantId, "client", ALICE)));
    assertThat(only(GrantRevoked.class))
        .isEqualTo(new GrantRevoked(grantId, RevocationReason.CODE_REPLAYED));
  }

  @Test
  void reusedRefreshTokenIsToldWithTheEndOfItsGrant_TR02() {
    Issued first = flow.signIn();
    flow.refresh(refreshToken(first));
    flow.advance(BEYOND_THE_WINDOW);
    flow.refresh(refreshToken(first));

    String grantId = only(TokensIssued.class).grantId();
    assertThat(only(RefreshTokenReused.class))
        .isEqualTo(new RefreshTokenReused(grantId, "client", ALICE));
    assertThat(only(GrantRevoked.class).reason()).isEqualTo(RevocationReason.REFRESH_TOKEN_REUSED);
  }

  @Test
  void revocationsAreTold_RV01() {
    Issued tokens = flow.signIn();
    flow.revoke(Query.of("client_id", "client", "token", tokens.accessToken().expose()));
    flow.revoke(Query.of("client_id", "client", "token", refreshToken(tokens)));

    TokensIssued issued = only(TokensIssued.class);
    assertThat(only(AccessTokenRevoked.class))
        .isEqualTo(new AccessTokenRevoked(issued.tokenId(), issued.grantId()));
    assertThat(only(GrantRevoked.class))
        .isEqualTo(new GrantRevoked(issued.grantId(), RevocationReason.CLIENT_REQUEST));
  }

  @Test
  void refusalsAreToldWithTheClientWhereItIsKnown() {
    String code = flow.code(authorizeQuery());
    flow.audited.clear();

    flow.token(codeQuery(code).with("redirect_uri", Flow.OTHER_REDIRECT_URI));
    flow.token(codeQuery(code).with("client_id", "nobody"));
    flow.token(codeQuery(code).with("grant_type", "password"));
    flow.browser().open(authorizeQuery().with("scope", "admin"));
    flow.browser().open(authorizeQuery().with("client_id", "nobody"));
    flow.revoke(Query.of("client_id", "client"));

    assertThat(all(RequestRefused.class))
        .extracting(RequestRefused::endpoint, RequestRefused::error, RequestRefused::clientId)
        .containsExactly(
            tuple(Endpoint.TOKEN, ErrorCode.INVALID_GRANT, "client"),
            tuple(Endpoint.TOKEN, ErrorCode.INVALID_CLIENT, null),
            tuple(Endpoint.TOKEN, ErrorCode.UNSUPPORTED_GRANT_TYPE, null),
            tuple(Endpoint.AUTHORIZE, ErrorCode.INVALID_SCOPE, "client"),
            tuple(Endpoint.AUTHORIZE, ErrorCode.INVALID_REQUEST, null),
            tuple(Endpoint.REVOKE, ErrorCode.INVALID_REQUEST, "client"));
    assertThat(flow.audited).hasSize(6);
  }

  @Test
  void whatBecomesOfARegistrationIsTold() {
    try (Flow managed = new Flow(RegistrationSettings.open().managed())) {
      String registration = "{\"redirect_uris\":[\"https://a.example/cb\"],\"client_name\":\"A\"}";
      Registered registered =
          (Registered) managed.server.register(new RegistrationRequest(registration, null));
      String id = member("client_id", registered.document());
      Secret token =
          Secret.of("Bearer " + member("registration_access_token", registered.document()));
      String update =
          "{\"client_id\":\"%s\",\"redirect_uris\":[\"https://a.example/cb\"],\"client_name\":\"B\"}"
              .formatted(id);
      Current current =
          (Current) managed.server.manage(new ManagementRequest(Action.UPDATE, id, token, update));
      Secret next = Secret.of("Bearer " + member("registration_access_token", current.document()));
      managed.server.manage(new ManagementRequest(Action.READ, id, token, null));
      managed.server.manage(new ManagementRequest(Action.DELETE, id, next, null));

      assertThat(managed.audited)
          .containsExactly(
              new ClientRegistered(id, "A", false),
              new ClientUpdated(id, "B"),
              new RequestRefused(
                  Endpoint.MANAGE,
                  ErrorCode.INVALID_TOKEN,
                  "no good registration access token",
                  null),
              new ClientDeleted(id));
    }
  }

  @Test
  void equalRegistrationIsToldAsARepetition_RG22() {
    String registration =
        "{\"redirect_uris\":[\"https://a.example/cb\"],\"token_endpoint_auth_method\":\"none\"}";
    flow.server.register(new RegistrationRequest(registration, null));
    flow.server.register(new RegistrationRequest(registration, null));
    flow.server.register(new RegistrationRequest("[]", null));

    assertThat(all(ClientRegistered.class))
        .extracting(ClientRegistered::repeated)
        .containsExactly(false, true);
    assertThat(only(RequestRefused.class).error()).isEqualTo(ErrorCode.INVALID_CLIENT_METADATA);
  }

  private <T extends AuditEvent> List<T> all(Class<T> type) {
    return flow.audited.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private <T extends AuditEvent> T only(Class<T> type) {
    List<T> events = all(type);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static String member(String name, Secret document) {
    Matcher member = Pattern.compile('"' + name + "\":\"([^\"]+)").matcher(document.expose());
    assertThat(member.find()).as(name).isTrue();
    return member.group(1);
  }
}
