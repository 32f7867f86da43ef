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
import org.junit.jupiter.api.Test;

/** The provider's access token, which runs out ten minutes after the sign-in. */
class ProviderTokenFlowTest extends FlowTest {

  private static final Duration LIFE = Duration.ofMinutes(10);

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

    assertThat(providerToken(flow.access(accessToken))).isEqualTo("first");
    await().until(() -> "second".equals(providerToken(flow.access(accessToken))));
  }

  @Test
  void manyRequestsOnTwoInstancesCauseOneRefresh_UP20() throws Exception {
    Secret accessToken = signIn("provider refresh token");
    refreshTo("second");
    flow.advance(LIFE);
    ExecutorService threads = Executors.newFixedThreadPool(50);
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
    } finally {
      threads.shutdownNow();
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
