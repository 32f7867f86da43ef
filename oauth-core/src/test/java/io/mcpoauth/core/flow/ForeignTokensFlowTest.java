package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.MCP;
import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static io.mcpoauth.core.flow.Outcomes.goesBackWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.credential.CredentialAnswer;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Bearer tokens for which somebody else vouches. */
class ForeignTokensFlowTest extends FlowTest {

  private final Desk desk = new Desk("desk");

  /** Accepts the token "pass" of a user with that id. */
  private static final class Desk implements CredentialChecker {

    private final String id;
    private String user = "desk:ada";
    private Scopes scopes = Scopes.of("read", "unknown");
    private boolean closed;

    Desk(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public CredentialAnswer check(Secret token, ResourceUri resource) {
      if (closed) {
        return new CredentialAnswer.Unavailable("closed");
      }
      return token.expose().equals("pass")
          ? new CredentialAnswer.Accepted(new User(user, id, null, null), "badge", scopes)
          : new CredentialAnswer.Rejected();
    }
  }

  @Test
  void tokenThatIsVouchedForPassesWithTheScopesThatTheResourceKnows_S23() {
    Granted granted = (Granted) check("pass");

    assertThat(granted.user().id()).isEqualTo("desk:ada");
    assertThat(granted.clientId()).isEqualTo("badge");
    assertThat(granted.scopes()).isEqualTo(Scopes.of("read"));
    assertThat(granted.upstreamAccessToken()).isNull();
  }

  @Test
  void tokenThatNobodyVouchesForIsAsBadAsAnyOther_RS02() {
    assertThat(check("fail")).isInstanceOf(AccessDecision.Unauthenticated.class);
  }

  @Test
  void outageIsUnavailableAndNotABadToken_RS10() {
    desk.closed = true;
    assertThat(check("pass")).isInstanceOf(AccessDecision.Unavailable.class);
  }

  @Test
  void anotherMayVouchWhileOneIsOut_S23() {
    Desk other = new Desk("other");
    other.user = "other:bob";
    desk.closed = true;
    try (AuthorizationServer server =
        flow.instanceWith(builder -> builder.credentials(List.of(desk, other)))) {
      assertThat(server.checkAccess(Secret.of("Bearer pass"), MCP)).isInstanceOf(Granted.class);
    }
  }

  @Test
  void checkerCannotSpeakOfUsersThatAreNotItsOwn_UP14() {
    desk.user = "idp:ada";
    assertThat(check("pass")).isInstanceOf(AccessDecision.Unauthenticated.class);
  }

  @Test
  void providerCannotSpeakOfUsersOfAChecker_UP14() {
    try (AuthorizationServer server =
        flow.instanceWith(builder -> builder.credentials(List.of(desk)))) {
      Browser browser = new Browser(server);
      browser.approve(consentPage(browser.open(authorizeQuery())), "idp");
      flow.provider.answerWith(
          new SignInAnswer.SignedIn(
              new User("desk:ada", "idp", null, null),
              new UpstreamTokens(Secret.of("token"), null, null)));
      goesBackWith(ErrorCode.SERVER_ERROR, browser.comeBack("idp", flow.callbackQuery()));
    }
  }

  @Test
  void idOfAProviderIsTaken_UP14() {
    assertThatThrownBy(
            () -> flow.instanceWith(builder -> builder.credentials(List.of(new Desk("idp")))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void operatorsPolicyHoldsForThem_P12() {
    try (AuthorizationServer server =
        flow.instanceWith(
            builder ->
                builder
                    .credentials(List.of(desk))
                    .accessPolicy(AccessPolicy.of(List.of("bob@example.com"), List.of())))) {
      assertThat(server.checkAccess(Secret.of("Bearer pass"), MCP))
          .isInstanceOf(AccessDecision.Unauthenticated.class);
    }
  }

  @Test
  void usersLimitHoldsForThem_S15() {
    try (AuthorizationServer server =
        flow.instanceWith(
            builder -> builder.credentials(List.of(desk)).grantLimit(RateLimit.perMinute(1)))) {
      assertThat(server.checkAccess(Secret.of("Bearer pass"), MCP)).isInstanceOf(Granted.class);
      assertThat(server.checkAccess(Secret.of("Bearer pass"), MCP))
          .isInstanceOf(AccessDecision.TooManyRequests.class);
    }
  }

  @Test
  void badTokensOfOneSourceAreBoundedAndGoodOnesAreNot_DS08() {
    try (AuthorizationServer server =
        flow.instanceWith(
            builder ->
                builder.credentials(List.of(desk)).forgedTokenLimit(RateLimit.perMinute(2)))) {
      Secret good = Secret.of("Bearer pass");
      Secret bad = Secret.of("Bearer fail");
      assertThat(server.checkAccess(good, MCP, () -> "office")).isInstanceOf(Granted.class);
      for (int i = 0; i < 2; i++) {
        assertThat(server.checkAccess(bad, MCP, () -> "office"))
            .isInstanceOf(AccessDecision.Unauthenticated.class);
      }

      assertThat(server.checkAccess(bad, MCP, () -> "office"))
          .isInstanceOf(AccessDecision.TooManyRequests.class);
      assertThat(server.checkAccess(bad, MCP, () -> "elsewhere"))
          .isInstanceOf(AccessDecision.Unauthenticated.class);
      assertThat(server.checkAccess(good, MCP, () -> "office")).isInstanceOf(Granted.class);
    }
  }

  @Test
  void streamIsNotEndedByAWatchThatKnowsNoGrant_RV09() {
    AtomicInteger ends = new AtomicInteger();
    try (AuthorizationServer server =
        flow.instanceWith(builder -> builder.credentials(List.of(desk)))) {
      Granted granted = (Granted) server.checkAccess(Secret.of("Bearer pass"), MCP);
      try (AccessWatch watch = server.watch(granted, ends::incrementAndGet)) {
        assertThat(watch).isNotNull();
        await().during(Duration.ofMillis(300)).until(() -> ends.get() == 0);
      }
    }
  }

  private AccessDecision check(String token) {
    try (AuthorizationServer server =
        flow.instanceWith(builder -> builder.credentials(List.of(desk)))) {
      return server.checkAccess(Secret.of("Bearer " + token), MCP);
    }
  }
}
