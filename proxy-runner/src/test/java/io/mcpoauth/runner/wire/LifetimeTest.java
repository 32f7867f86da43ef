package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isDead;
import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static io.mcpoauth.runner.wire.Answers.isLocal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends with time, to the second, by storage's clock and no other. */
class LifetimeTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Lifetimes STANDARD = Lifetimes.standard();

  private static final TwoInstances proxy = TwoInstances.start();
  private final App app = App.register(proxy);
  private final Wire wire = new Wire(proxy.one);

  @AfterAll
  static void stop() {
    proxy.close();
  }

  @AfterEach
  void clocksAgree() {
    proxy.advance(Duration.ZERO);
  }

  @Test
  void codeExpiresByStoragesClock_TC11_DB14() {
    String early = app.code();
    proxy.advance(STANDARD.code().minus(SECOND.multipliedBy(5)));
    skewInstances();
    App.issued(wire.token(app.exchange(early)));
    App.issued(new Wire(proxy.other).token(app.exchange(app.code())));

    proxy.advance(Duration.ZERO);
    String late = app.code();
    proxy.advance(STANDARD.code());
    skewInstances();
    isInvalidGrant(wire.token(app.exchange(late)));
    isInvalidGrant(new Wire(proxy.other).token(app.exchange(late)));
  }

  @Test
  void replacedTokenAfterTheWindowEndsTheGrant_TR02_TR19() {
    App.Tokens first = app.tokens();
    App.Tokens second = App.issued(app.refresh(first.refresh()));
    proxy.advance(STANDARD.refreshReuseWindow());

    isInvalidGrant(app.refresh(first.refresh()));

    isInvalidGrant(app.refresh(second.refresh()));
    isDead(proxy, first.access());
    isDead(proxy, second.access());
  }

  /** The thief is first; the victim's own use tells on him once the window is over. */
  @Test
  void victimInsideTheWindowIsServedAndOutsideItEndsTheFamily_TR19() {
    App.Tokens stolen = app.tokens();
    App.Tokens thiefs = App.issued(app.refresh(stolen.refresh()));
    proxy.advance(STANDARD.refreshReuseWindow().minus(SECOND.multipliedBy(5)));
    assertThat(App.issued(app.refresh(stolen.refresh())).refresh()).isEqualTo(thiefs.refresh());

    proxy.advance(SECOND.multipliedBy(5));
    isInvalidGrant(app.refresh(stolen.refresh()));
    isDead(proxy, thiefs.access());
  }

  @Test
  void tokenThatIsNotUsedExpires_TR13() {
    App.Tokens first = app.tokens();
    proxy.advance(STANDARD.refreshTokenIdle().minus(SECOND.multipliedBy(5)));
    App.Tokens second = App.issued(app.refresh(first.refresh()));
    proxy.advance(STANDARD.refreshTokenIdle());

    isInvalidGrant(app.refresh(second.refresh()));
  }

  @Test
  void rotationDoesNotProlongTheFamilyAndNothingOutlivesIt_TR13() {
    App.Tokens tokens = app.tokens();
    Duration step = STANDARD.refreshTokenIdle().dividedBy(2);
    for (int i = 0; i < 11; i++) {
      proxy.advance(step);
      tokens = App.issued(app.refresh(tokens.refresh()));
    }
    proxy.advance(step.minusMinutes(10));

    JsonNode last = Wire.json(app.refresh(tokens.refresh()), 200);
    assertThat(last.path("expires_in").asInt()).isBetween(590, 600);
    JsonNode claims = Jwt.claims(last.path("access_token").asText());
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(590L, 600L);
    assertThat(app.isLetIn(last.path("access_token").asText())).isTrue();

    proxy.advance(Duration.ofMinutes(10));
    isInvalidGrant(app.refresh(last.path("refresh_token").asText()));
    isDead(proxy, last.path("access_token").asText());
  }

  @Test
  void accessTokenDiesWithinASecondOfItsEnd_RS12_DB14() {
    App.Tokens tokens = app.tokens();
    proxy.advance(STANDARD.accessToken().minus(SECOND.multipliedBy(5)));
    assertThat(app.isLetIn(tokens.access())).isTrue();

    proxy.advance(SECOND.multipliedBy(5));
    isDead(proxy, tokens.access());
  }

  @Test
  void consentPageExpires_CN18() {
    ScriptedBrowser browser = new ScriptedBrowser();
    Hop page = app.consent(browser, app.request());
    proxy.advance(STANDARD.login());

    isLocal(browser.press(page, "Continue with").response());
  }

  @Test
  void signInThatTakesTooLongIsOver_UP01() {
    ScriptedBrowser browser = new ScriptedBrowser();
    Hop toProvider = app.approve(browser, app.request());
    int calls = proxy.provider.finished().size();
    proxy.advance(STANDARD.login());

    isLocal(browser.open(app.callback(toProvider)).response());
    assertThat(proxy.provider.finished()).hasSize(calls);
  }

  /** The operator shortens lifetimes; tokens of the longer ones are still about. */
  @Test
  void revokedTokenStaysDeadThoughLifetimesWereLowered_RV10() {
    Lifetimes longer = withAccessTokens(Duration.ofHours(20));
    App.Tokens tokens;
    try (Instance before = proxy.another(Setup.standard().with(longer))) {
      tokens = App.issued(new Wire(before).token(app.exchange(app.code())));
      new Wire(before).revoke(app.revoking(tokens.access()));
    }
    proxy.advance(Duration.ofHours(10));

    try (Instance after = proxy.another(Setup.standard())) {
      assertThat(new Wire(after).judged(tokens.access()).statusCode()).isEqualTo(401);
    }
  }

  private static Lifetimes withAccessTokens(Duration lifetime) {
    return new Lifetimes(
        STANDARD.code(),
        STANDARD.login(),
        lifetime,
        STANDARD.refreshTokenIdle(),
        STANDARD.refreshTokenAbsolute(),
        STANDARD.refreshReuseWindow());
  }

  /** Five minutes in either direction. */
  private static void skewInstances() {
    proxy.one.clock().skew(Duration.ofMinutes(5));
    proxy.other.clock().skew(Duration.ofMinutes(-5));
  }
}
