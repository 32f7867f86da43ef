package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The provider's tokens, over two instances and PostgreSQL. */
class UpstreamTokensTest {

  private static final int REQUESTS = 50;

  /** The shortest life that a provider can give, since the proxies' clocks are real. */
  private static final int SHORT_LIFE_SECONDS = 1;

  private static ProxyPair pair;

  private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS);

  @BeforeAll
  static void start() {
    pair = ProxyPair.inOrder();
  }

  @AfterEach
  void mend() {
    threads.shutdownNow();
    ProxyPair.inOrder();
  }

  @Test
  void fiftyRequestsOverTwoInstancesCauseOneRefreshWithTheRotatedToken_UP20_lesson16()
      throws Exception {
    Tokens tokens = signInWithATokenThatRunsOut("ada");
    int refreshed = pair.provider.refreshed();
    int refused = pair.provider.refused();
    FlowDriver first = new FlowDriver(pair.first().resolve("/mcp"));
    assertThat(first.callMcp(tokens.accessToken()).statusCode()).isEqualTo(200);
    assertThat(pair.provider.refreshed()).isEqualTo(refreshed + 1);

    // The next refresh token is good once, too, and the second instance has to know of it.
    awaitEndOfToken();
    pair.provider.accessTokensLive(3600);
    List<String> answers = fiftyAnswers(tokens);

    assertThat(answers).hasSize(REQUESTS).containsOnly("200 access-" + pair.provider.issued());
    assertThat(pair.provider.refreshed()).isEqualTo(refreshed + 2);
    assertThat(pair.provider.refused()).isEqualTo(refused);
  }

  @Test
  void providerThatIsDownIsA503AndTheEndOfItsGrantA401_UP22_lesson12() {
    Tokens tokens = signInWithATokenThatRunsOut("bob");
    FlowDriver client = new FlowDriver(pair.first().resolve("/mcp"));
    pair.provider.fail(503);

    HttpResponse<String> during = client.callMcp(tokens.accessToken());
    assertThat(during.statusCode()).isEqualTo(503);
    assertThat(during.headers().firstValue("Retry-After")).isPresent();
    assertThat(during.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(during.body()).doesNotContain("canary7391");

    pair.provider.fail(0);
    pair.provider.endGrants();
    HttpResponse<String> after =
        await()
            .atMost(Duration.ofSeconds(10))
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> client.callMcp(tokens.accessToken()), answer -> answer.statusCode() != 503);
    assertThat(after.statusCode()).isEqualTo(401);
    assertThat(after.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"invalid_token\"");
  }

  @Test
  void revokedGrantGivesTheProvidersTokensBack() {
    pair.provider.accessTokensLive(3600);
    ProxyPair.Approved approved = pair.approve("carol");
    Tokens tokens = approved.finish();
    int before = pair.provider.revocations().size();

    approved.flow().revoke(approved.metadata(), approved.clientId(), tokens.refreshToken());

    await().until(() -> pair.provider.revocations().size() == before + 1);
    assertThat(pair.provider.revocations().get(before).get("token")).startsWith("refresh-");
  }

  /** A sign-in whose provider token has run out when this returns. */
  private static Tokens signInWithATokenThatRunsOut(String user) {
    pair.provider.accessTokensLive(SHORT_LIFE_SECONDS);
    Tokens tokens = pair.approve(user).finish();
    awaitEndOfToken();
    return tokens;
  }

  private static void awaitEndOfToken() {
    long end = System.nanoTime() + Duration.ofSeconds(SHORT_LIFE_SECONDS).toNanos();
    await().pollInterval(Duration.ofMillis(20)).until(() -> System.nanoTime() > end);
  }

  private List<String> fiftyAnswers(Tokens tokens) throws Exception {
    FlowDriver first = new FlowDriver(pair.first().resolve("/mcp"));
    FlowDriver second = new FlowDriver(pair.second().resolve("/mcp"));
    List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      FlowDriver client = i % 2 == 0 ? first : second;
      calls.add(() -> client.callMcp(tokens.accessToken()));
    }
    List<String> answers = new ArrayList<>();
    for (Future<HttpResponse<String>> call : threads.invokeAll(calls)) {
      answers.add(call.get().statusCode() + " " + call.get().body());
    }
    return answers;
  }
}
