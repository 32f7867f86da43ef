package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.spi.storage.LoginStore;
import io.mcpoauth.core.spi.storage.LoginStore.Consumption;
import io.mcpoauth.core.spi.storage.LoginStore.Start;
import org.junit.jupiter.api.Test;

/** Rules of {@link LoginStore}. */
public abstract class LoginStoreContract extends StorageRules {

  private static final PendingLogin LOGIN = TestFacts.login("login", "browser");

  @Test
  void consumedLoginGivesItsRequestUnchanged() {
    assertThat(begin()).isEqualTo(Start.BEGUN);

    assertThat(consume("browser"))
        .usingRecursiveComparison()
        .isEqualTo(new Consumption.Consumed(LOGIN.sealedRequest()));
  }

  @Test
  void loginIsConsumedOnce() {
    begin();
    consume("browser");

    assertThat(consume("browser")).isEqualTo(new Consumption.Gone());
  }

  @Test
  void unknownLoginIsGone() {
    assertThat(consume("browser")).isEqualTo(new Consumption.Gone());
    assertThat(logins().consume("nul\0inside", TestFacts.hash("browser")))
        .isEqualTo(new Consumption.Gone());
  }

  @Test
  void wrongBrowserLeavesTheLoginToTheRightOne() {
    begin();

    assertThat(consume("stranger")).isEqualTo(new Consumption.WrongBrowser());
    assertThat(consume("browser")).isInstanceOf(Consumption.Consumed.class);
  }

  @Test
  void wrongBrowserLearnsNothingOfAnEndedLogin() {
    begin();
    consume("browser");

    assertThat(consume("stranger")).isEqualTo(new Consumption.Gone());
  }

  @Test
  void loginBegunAgainWaitsForTheLaterBrowser_CN08() {
    begin();

    assertThat(logins().begin(TestFacts.login("login", "later"), HOUR)).isEqualTo(Start.BEGUN);
    assertThat(consume("browser")).isEqualTo(new Consumption.WrongBrowser());
    assertThat(consume("later")).isInstanceOf(Consumption.Consumed.class);
    assertThat(consume("later")).isEqualTo(new Consumption.Gone());
  }

  @Test
  void loginBegunTwiceKeepsItsFirstLifetime() {
    begin();
    logins().begin(LOGIN, HOUR);
    advance(MINUTE);

    assertThat(consume("browser")).isEqualTo(new Consumption.Gone());
  }

  @Test
  void consumedLoginCannotBeginAgain() {
    begin();
    consume("browser");

    assertThat(begin()).isEqualTo(Start.ENDED);
    assertThat(consume("browser")).isEqualTo(new Consumption.Gone());
  }

  @Test
  void cancelledLoginIsGone() {
    begin();

    assertThat(logins().cancel("login", MINUTE)).isTrue();
    assertThat(consume("browser")).isEqualTo(new Consumption.Gone());
    assertThat(begin()).isEqualTo(Start.ENDED);
  }

  @Test
  void loginCancelledBeforeItBeganCannotBegin() {
    assertThat(logins().cancel("login", HOUR)).isTrue();
    advance(HOUR.minus(SLACK));

    assertThat(begin()).isEqualTo(Start.ENDED);
    assertThat(consume("browser")).isEqualTo(new Consumption.Gone());
  }

  @Test
  void cancellationIsRememberedForItsOwnLifetimeToo() {
    begin();
    logins().cancel("login", HOUR);
    advance(HOUR.minus(SLACK));

    assertThat(begin()).isEqualTo(Start.ENDED);
  }

  @Test
  void loginCancelledAgainIsToldSo_CN09() {
    begin();
    logins().cancel("login", MINUTE);

    assertThat(logins().cancel("login", MINUTE)).isTrue();
    assertThat(begin()).isEqualTo(Start.ENDED);
  }

  @Test
  void expiredLoginCannotBeCancelled() {
    begin();
    advance(MINUTE);

    assertThat(logins().cancel("login", MINUTE)).isFalse();
  }

  @Test
  void consumedLoginCannotBeCancelled() {
    begin();
    consume("browser");

    assertThat(logins().cancel("login", MINUTE)).isFalse();
  }

  @Test
  void loginLivesToTheEndOfItsLifetime() {
    begin();
    advance(MINUTE.minus(SLACK));

    assertThat(consume("browser")).isInstanceOf(Consumption.Consumed.class);
  }

  @Test
  void expiredLoginIsGone() {
    begin();
    advance(MINUTE);

    assertThat(consume("browser")).isEqualTo(new Consumption.Gone());
  }

  @Test
  void loginIsSeenByOtherInstancesAtOnce() {
    begin();

    assertThat(underTest().otherInstance().logins().consume("login", TestFacts.hash("browser")))
        .isInstanceOf(Consumption.Consumed.class);
  }

  private Start begin() {
    return logins().begin(LOGIN, MINUTE);
  }

  private Consumption consume(String browser) {
    return logins().consume("login", TestFacts.hash(browser));
  }

  private LoginStore logins() {
    return storage().logins();
  }
}
