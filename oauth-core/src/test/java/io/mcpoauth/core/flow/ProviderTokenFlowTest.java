package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.token.TokenOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The provider's access token, which runs out ten minutes after the sign-in. */
class ProviderTokenFlowTest extends FlowTest {

  private static final Duration LIFE = Duration.ofMinutes(10);

  private final ExecutorService threads = Executors.newFixedThreadPool(50);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void tokenThatRanOutIsReplacedBeforeTheRequestPasses_S11() {
    Secret accessToken = signIn("provider refresh token");
    refreshTo("second");
    flow.advance(LIFE);

    assertThat(providerToken(flow.access(accessToken))).isEqualTo("second");
    assertThat(flow.provider.refreshed())
        .singleElement()
        .satisfies(
            tokens ->
                assertThat(expose(tokens.refreshToken())).isEqualTo("provider refresh token"));
  }

  @Test
  void tokenThatWillSoonRunOutServesWhileItIsReplacedInTheBackground() {
    Secret accessToken = signIn("provider refresh token");
    refreshTo("second");
    flow.advance(LIFE.minusSeconds(30));
    assertThat(flow.server.grantedAtOnce(bearer(accessToken), Flow.MCP)).isEmpty();

    assertThat(providerToken(flow.access(accessToken))).isEqualTo("first");
    await().until(() -> "second".equals(providerToken(flow.access(accessToken))));
  }

  @Test
  void manyRequestsOnTwoInstancesCauseOneRefresh_UP20() throws Exception {
    Secret accessToken = signIn("provider refresh token");
    refreshTo("second");
    flow.advance(LIFE);
    try (AuthorizationServer other = flow.otherInstance()) {
      List<Callable<@Nullable String>> requests =
          IntStream.range(0, 50)
              .<Callable<@Nullable String>>mapToObj(
                  i ->
                      () ->
                          providerToken(
                              Flow.access(i % 2 == 0 ? flow.server : other, accessToken, Flow.MCP)))
              .toList();

      for (Future<@Nullable String> answer : threads.invokeAll(requests)) {
        assertThat(answer.get()).isEqualTo("second");
      }
      assertThat(flow.provider.refreshed()).hasSize(1);
    }
  }

  @Test
  void withTheProviderDownTheOldTokenServesToItsEnd_UP22() {
    Secret accessToken = signIn("provider refresh token");
    flow.provider.answerRefreshWith(new RefreshAnswer.Unavailable("down"));
    flow.advance(LIFE.minusSeconds(1));
    assertThat(providerToken(flow.access(accessToken))).isEqualTo("first");
    flow.advance(Duration.ofSeconds(1));

    assertThat(flow.decideOnce(accessToken)).isInstanceOf(AccessDecision.Unavailable.class);
    assertThat(flow.provider.refreshed()).isNotEmpty();
    assertThat(flow.refresh(lastRefreshToken)).isInstanceOf(TokenOutcome.Issued.class);
  }

  @Test
  void grantEndsWithTheProvidersGrant_UP22() {
    Secret accessToken = signIn("provider refresh token");
    flow.provider.answerRefreshWith(new RefreshAnswer.GrantDead());
    flow.advance(LIFE);

    assertThat(flow.access(accessToken)).isInstanceOf(AccessDecision.Unauthenticated.class);
    assertThat(flow.refresh(lastRefreshToken)).isInstanceOf(TokenOutcome.Refused.class);
  }

  @Test
  void tokensThatStorageCannotTakeAtOnceAreNotLost_UP22() {
    Secret accessToken = signIn("provider refresh token");
    refreshTo("second");
    flow.advance(LIFE);
    FaultyStorage faulty = new FaultyStorage(flow.storage);
    faulty.breakDown("replace");
    try (AuthorizationServer troubled = flow.instanceOn(faulty.storage())) {
      Future<AccessDecision> decision =
          threads.submit(() -> troubled.checkAccess(bearer(accessToken), Flow.MCP));
      await().until(() -> !flow.provider.refreshed().isEmpty());
      faulty.repair("replace");

      assertThat(decision).succeedsWithin(Duration.ofSeconds(5));
      assertThat(providerToken(Flow.access(troubled, accessToken, Flow.MCP))).isEqualTo("second");
    }
    assertThat(providerToken(flow.access(accessToken))).isEqualTo("second");
    assertThat(flow.provider.refreshed()).hasSize(1);
  }

  @Test
  void instanceThatDiesAfterTheProvidersAnswerHoldsUpOthersForTenSecondsAtMost_DB23() {
    Secret accessToken = signIn("provider refresh token");
    flow.advance(LIFE);
    dieAfterTheProvidersAnswer(accessToken);
    refreshTo("second");
    FaultyStorage counting = new FaultyStorage(flow.storage);
    try (AuthorizationServer waiting = flow.instanceOn(counting.storage())) {
      Future<AccessDecision> decision =
          threads.submit(() -> Flow.access(waiting, accessToken, Flow.MCP));
      await().until(() -> counting.answers("claim") > 0);
      flow.advance(Duration.ofSeconds(10).minusMillis(1));
      int claims = counting.answers("claim");
      // The first of them may have been under way.
      await().until(() -> counting.answers("claim") >= claims + 2);
      assertThat(flow.provider.refreshed()).hasSize(1);

      flow.advance(Duration.ofMillis(1));

      assertThat(decision)
          .succeedsWithin(Duration.ofSeconds(5))
          .satisfies(granted -> assertThat(providerToken(granted)).isEqualTo("second"));
    }
  }

  @Test
  void refreshTokenThatDiedWithAnInstanceEndsTheGrantAloud_DB23() {
    Secret accessToken = signIn("provider refresh token");
    flow.advance(LIFE);
    dieAfterTheProvidersAnswer(accessToken);
    flow.provider.answerRefreshWith(new RefreshAnswer.GrantDead());
    flow.advance(Duration.ofSeconds(10));

    assertThat(flow.access(accessToken)).isInstanceOf(AccessDecision.Unauthenticated.class);
    assertThat(flow.refresh(lastRefreshToken)).isInstanceOf(TokenOutcome.Refused.class);
  }

  /** The claim is held, the provider's tokens are spent, and the new ones are gone. */
  private void dieAfterTheProvidersAnswer(Secret accessToken) {
    refreshTo("lost");
    FaultyStorage faulty = new FaultyStorage(flow.storage);
    faulty.breakDown("replace");
    try (AuthorizationServer dying = flow.instanceOn(faulty.storage())) {
      Future<AccessDecision> decision =
          threads.submit(() -> dying.checkAccess(bearer(accessToken), Flow.MCP));
      await().until(() -> !flow.provider.refreshed().isEmpty());
      decision.cancel(true);
    }
  }

  private static Secret bearer(Secret accessToken) {
    return Secret.of("Bearer " + accessToken.expose());
  }

  @Test
  void withoutAProviderRefreshTokenTheGrantLivesOnWithoutAProviderToken() {
    Secret accessToken = signIn(null);
    flow.advance(LIFE);

    assertThat(providerToken(flow.access(accessToken))).isNull();
    assertThat(flow.provider.refreshed()).isEmpty();
  }

  private String lastRefreshToken = "";

  private Secret signIn(@Nullable String providerRefreshToken) {
    flow.provider.answerWith(
        new SignInAnswer.SignedIn(
            new User("idp:alice", "idp", "alice@example.com", "Alice"),
            new UpstreamTokens(
                Secret.of("first"),
                providerRefreshToken == null ? null : Secret.of(providerRefreshToken),
                flow.clock.instant().plus(LIFE))));
    TokenOutcome.Issued issued = flow.signIn();
    lastRefreshToken = refreshToken(issued);
    return issued.accessToken();
  }

  private void refreshTo(String providerAccessToken) {
    flow.provider.answerRefreshWith(
        new RefreshAnswer.Refreshed(
            new UpstreamTokens(
                Secret.of(providerAccessToken),
                Secret.of("next provider refresh token"),
                flow.clock.instant().plus(LIFE.multipliedBy(3)))));
  }

  private static @Nullable String providerToken(AccessDecision decision) {
    assertThat(decision).isInstanceOf(Granted.class);
    return expose(((Granted) decision).upstreamAccessToken());
  }

  private static @Nullable String expose(@Nullable Secret secret) {
    return secret == null ? null : secret.expose();
  }
}
