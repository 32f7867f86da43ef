package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The provider's tokens, once nobody here needs them. */
class TokenReturnFlowTest extends FlowTest {

  @Test
  void lastGrantOfAUserGivesTheProvidersTokensBack() {
    Issued tokens = signIn("alice", "of alice");

    flow.revoke(revocationOf(tokens));

    await().until(() -> returned("of alice"));
    assertThat(flow.provider.revoked()).hasSize(1);
  }

  @Test
  void otherGrantOfTheUserStillNeedsThem() {
    Issued first = signIn("alice", "first");
    Issued second = signIn("alice", "second");
    Issued ofBob = signIn("bob", "of bob");
    FaultyStorage counting = new FaultyStorage(flow.storage);
    try (AuthorizationServer instance = flow.instanceOn(counting.storage())) {
      revoke(instance, first);
      await().until(() -> counting.answers("hasUsable") == 1);
      revoke(instance, ofBob);
      await().until(() -> returned("of bob"));
      assertThat(flow.provider.revoked()).hasSize(1);

      revoke(instance, second);
      await().until(() -> returned("second"));
    }
  }

  @Test
  void signInWhoseCodeIsOnItsWayNeedsThemToo() {
    Issued first = signIn("alice", "first");
    String code = flow.code(Flow.authorizeQuery());
    FaultyStorage counting = new FaultyStorage(flow.storage);
    try (AuthorizationServer instance = flow.instanceOn(counting.storage())) {
      revoke(instance, first);
      await().until(() -> counting.answers("hasUsable") == 1);
      Issued second = Outcomes.issued(flow.token(Flow.codeQuery(code)));
      assertThat(flow.provider.revoked()).isEmpty();

      revoke(instance, second);
      await().until(() -> !flow.provider.revoked().isEmpty());
    }
  }

  @Test
  void userWhomThePolicyDoesNotLetInAnyMoreNeedsThemNoLonger_P12() {
    Duration life = Duration.ofMinutes(10);
    Issued tokens = signIn("alice", "first", flow.clock.instant().plus(life));
    flow.provider.answerRefreshWith(
        new RefreshAnswer.Refreshed(
            new UpstreamTokens(Secret.of("second"), null, null),
            new User("idp:alice", "idp", "alice@elsewhere.example", null)));
    AccessPolicy corporate = AccessPolicy.of(List.of(), List.of("corp.example"));
    flow.advance(life);
    try (AuthorizationServer strict = flow.instanceWith(corporate)) {
      assertThat(Flow.access(strict, tokens.accessToken(), Flow.MCP))
          .isInstanceOf(AccessDecision.Unauthenticated.class);

      await().until(() -> returned("second"));
    }
  }

  @Test
  void revocationThatStorageDidNotTakeGivesNothingBack() {
    Issued tokens = signIn("alice", "of alice");
    Issued ofBob = signIn("bob", "of bob");
    FaultyStorage faulty = new FaultyStorage(flow.storage);
    faulty.breakDown("revoke");
    try (AuthorizationServer troubled = flow.instanceOn(faulty.storage())) {
      assertThatThrownBy(() -> revoke(troubled, tokens)).isInstanceOf(StorageException.class);
      faulty.repair("revoke");
      revoke(troubled, ofBob);
      await().until(() -> returned("of bob"));
    }
    assertThat(flow.provider.revoked()).hasSize(1);
    assertThat(flow.isLetIn(tokens.accessToken())).isTrue();
  }

  private boolean returned(String accessToken) {
    return flow.provider.revoked().stream()
        .anyMatch(tokens -> tokens.accessToken().expose().equals(accessToken));
  }

  private Issued signIn(String user, String providerToken) {
    return signIn(user, providerToken, null);
  }

  private Issued signIn(String user, String providerToken, @Nullable Instant expiresAt) {
    flow.provider.answerWith(
        new SignInAnswer.SignedIn(
            new User("idp:" + user, "idp", null, null),
            new UpstreamTokens(Secret.of(providerToken), Secret.of("refresh"), expiresAt)));
    return flow.signIn();
  }

  private static void revoke(AuthorizationServer instance, Issued tokens) {
    instance.revoke(new RevokeRequest(revocationOf(tokens).parameters(), null));
  }

  private static Query revocationOf(Issued tokens) {
    return Query.of("client_id", "client", "token", refreshToken(tokens));
  }
}
