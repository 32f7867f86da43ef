package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider that takes requests and never answers. */
class HangingProviderFlowTest extends FlowTest {

  /** As many as ask providers at a time. */
  private static final int REFRESHES = 16;

  private static final Duration LIFE = Duration.ofMinutes(10);

  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    free.countDown();
  }

  @Test
  void streamsOfEndedGrantsEndThoughTheProviderHangs_RV09() {
    Issued streaming = signIn("ada", null);
    Granted granted = (Granted) flow.access(streaming.accessToken());
    CountDownLatch ended = new CountDownLatch(1);
    flow.server.watch(granted, ended::countDown);
    occupyWhoAsksProviders();

    flow.revoke(Query.of("client_id", "client", "token", refreshToken(streaming)));

    await().until(() -> ended.getCount() == 0);
  }

  /** Every thread that may ask a provider waits for its answer, and as many refreshes for it. */
  private void occupyWhoAsksProviders() {
    flow.provider.hangUntil(free);
    Instant end = flow.clock.instant().plus(LIFE);
    List<Issued> users =
        IntStream.range(0, 2 * REFRESHES).mapToObj(i -> signIn("user " + i, end)).toList();
    flow.advance(LIFE.minusSeconds(30));
    for (Issued tokens : users) {
      assertThat(flow.access(tokens.accessToken())).isInstanceOf(Granted.class);
    }
    await().until(() -> flow.provider.refreshed().size() == REFRESHES);
  }

  private Issued signIn(String user, @Nullable Instant endOfProviderToken) {
    flow.provider.answerWith(
        new SignInAnswer.SignedIn(
            new User("idp:" + user, "idp", null, null),
            new UpstreamTokens(Secret.of("first"), Secret.of("refresh"), endOfProviderToken)));
    return flow.signIn();
  }
}
