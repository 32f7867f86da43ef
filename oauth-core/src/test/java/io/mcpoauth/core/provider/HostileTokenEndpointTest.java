package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps a broken or hostile token endpoint from doing harm. */
class HostileTokenEndpointTest {

  private static final String TOKEN = "/tenant/token";

  private final OpenIdQuirks quirks = new OpenIdQuirks();
  private final CountDownLatch hanging = new CountDownLatch(1);

  @AfterEach
  void stop() {
    hanging.countDown();
    quirks.close();
  }

  @Test
  void redirectIsNotFollowed_UP17() {
    quirks.server.on(TOKEN, QuirkServer.redirect(quirks.server.url() + "/internal"));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Unavailable.class);
    assertThat(quirks.server.paths()).doesNotContain("/internal");
  }

  @Test
  void hugeAnswerIsNotReadToItsEnd_UP17() {
    quirks.server.on(
        TOKEN,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[1 << 16];
          for (int i = 0; i < 800; i++) {
            exchange.getResponseBody().write(chunk);
          }
        });
    assertThat(quirks.signIn())
        .isInstanceOfSatisfying(
            SignInAnswer.Unavailable.class,
            answer -> assertThat(answer.cause()).contains("more than 1048576 bytes"));
  }

  @Test
  void silentProviderIsGivenUp_UP17() {
    quirks.server.on(TOKEN, exchange -> await());
    assertGivenUp();
  }

  @Test
  void tricklingProviderIsGivenUp_UP17() {
    quirks.server.on(
        TOKEN,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await();
        });
    assertGivenUp();
  }

  private void assertGivenUp() {
    OpenIdProvider provider =
        quirks.provider(quirks.settings().timeout(Duration.ofMillis(400)).build());
    provider.start(OpenIdQuirks.request());
    assertThat(provider.finish(OpenIdQuirks.callback("code=c")))
        .isInstanceOfSatisfying(
            SignInAnswer.Unavailable.class,
            answer -> assertThat(answer.cause()).contains("in time"));
  }

  private void await() {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
