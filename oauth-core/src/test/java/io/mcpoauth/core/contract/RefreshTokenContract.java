package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rules of {@link GrantStore} that concern refresh tokens. */
public abstract class RefreshTokenContract extends StorageRules {

  private static final Duration DAY = Duration.ofDays(1);
  private static final RefreshLifetime LIFETIME = new RefreshLifetime(HOUR, DAY);

  @Test
  void currentTokenIsReplacedByItsSuccessor_TR01() {
    redeemedWith("first");

    assertThat(rotate("first", "second")).isInstanceOf(Rotation.Rotated.class);
    assertThat(rotate("second", "third")).isInstanceOf(Rotation.Rotated.class);
  }

  @Test
  void rotationHappensAtStoragesTime() {
    redeemedWith("first");
    Instant before = storageTime();

    Rotation rotation = rotate("first", "second");

    assertThat(rotation).isInstanceOf(Rotation.Rotated.class);
    assertThat(((Rotation.Rotated) rotation).at()).isBetween(before, storageTime());
  }

  @Test
  void tokenReplacedWithinTheReuseWindowIsToldItsReplacement_TR03() {
    redeemedWith("first");
    rotate("first", "second");
    advance(MINUTE.minus(SLACK));

    assertThat(rotate("first", "another")).satisfies(RefreshTokenContract::isReplacedBySecond);
    assertThat(rotate("first", "second")).satisfies(RefreshTokenContract::isReplacedBySecond);
  }

  @Test
  void answerWithinTheReuseWindowChangesNothing_TR03() {
    redeemedWith("first");
    rotate("first", "second");
    rotate("first", "another");

    assertThat(rotate("another", "third")).isEqualTo(new Rotation.Superseded());
    assertThat(rotate("second", "third")).isInstanceOf(Rotation.Rotated.class);
  }

  @Test
  void reuseDoesNotProlongTheReuseWindow_TR19() {
    redeemedWith("first");
    rotate("first", "second");
    advance(MINUTE.minus(SLACK));
    rotate("first", "second");
    advance(SLACK);

    assertThat(rotate("first", "second")).isEqualTo(new Rotation.Superseded());
  }

  @Test
  void tokenReplacedBeforeTheReuseWindowIsSuperseded_TR02() {
    redeemedWith("first");
    rotate("first", "second");
    advance(MINUTE);

    assertThat(rotate("first", "another")).isEqualTo(new Rotation.Superseded());
  }

  @Test
  void tokenReplacedTwiceWithinTheWindowIsToldTheCurrentToken_TR03() {
    redeemedWith("first");
    rotate("first", "between");
    rotate("between", "second");

    assertThat(rotate("first", "another")).satisfies(RefreshTokenContract::isReplacedBySecond);
    assertThat(rotate("between", "another")).satisfies(RefreshTokenContract::isReplacedBySecond);
    assertThat(rotate("second", "third")).isInstanceOf(Rotation.Rotated.class);
  }

  @Test
  void eachTokenHasAWindowOfItsOwn_TR07() {
    redeemedWith("first");
    rotate("first", "between");
    advance(MINUTE);
    rotate("between", "second");

    assertThat(rotate("first", "another")).isEqualTo(new Rotation.Superseded());
    assertThat(rotate("between", "another")).satisfies(RefreshTokenContract::isReplacedBySecond);
  }

  @Test
  void onlyTheLastTenReplacedTokensAreRemembered_TR03() {
    redeemedWith("0");
    for (int i = 0; i < 11; i++) {
      rotate(String.valueOf(i), String.valueOf(i + 1));
    }

    assertThat(rotate("0", "another")).isEqualTo(new Rotation.Superseded());
    assertThat(rotate("1", "another")).isInstanceOf(Rotation.RecentlyRotated.class);
  }

  @Test
  void noReuseWindowMeansNoReuse() {
    redeemedWith("first");
    grants()
        .rotate(
            "grant", TestFacts.hash("first"), TestFacts.hash("second"), LIFETIME, Duration.ZERO);

    assertThat(
            grants()
                .rotate(
                    "grant",
                    TestFacts.hash("first"),
                    TestFacts.hash("second"),
                    LIFETIME,
                    Duration.ZERO))
        .isEqualTo(new Rotation.Superseded());
  }

  @Test
  void strangeTokenOfALivingGrantIsSuperseded() {
    redeemedWith("first");

    assertThat(rotate("strange", "second")).isEqualTo(new Rotation.Superseded());
    assertThat(rotate("first", "second")).isInstanceOf(Rotation.Rotated.class);
  }

  @Test
  void unknownGrantIsGone() {
    assertThat(rotate("first", "second")).isEqualTo(new Rotation.Gone());
    assertThat(
            grants()
                .rotate(
                    "nul\0inside",
                    TestFacts.hash("first"),
                    TestFacts.hash("second"),
                    LIFETIME,
                    MINUTE))
        .isEqualTo(new Rotation.Gone());
  }

  @Test
  void grantThatWaitsForItsCodeHasNoRefreshToken() {
    grants().create(TestFacts.grant("grant"), TestFacts.code("code"), MINUTE);

    assertThat(rotate("first", "second")).isEqualTo(new Rotation.Gone());
  }

  @Test
  void tokenOfARevokedGrantIsGone_TR14() {
    redeemedWith("first");
    rotate("first", "second");
    grants().revoke("grant", RevocationReason.REFRESH_TOKEN_REUSED);

    assertThat(rotate("second", "third")).isEqualTo(new Rotation.Gone());
    assertThat(rotate("first", "second")).isEqualTo(new Rotation.Gone());
    assertThat(rotate("strange", "second")).isEqualTo(new Rotation.Gone());
  }

  @Test
  void tokenLivesToTheEndOfItsIdleLifetime_TR13() {
    redeemedWith("first");
    advance(HOUR.minus(SLACK));

    assertThat(rotate("first", "second")).isInstanceOf(Rotation.Rotated.class);
  }

  @Test
  void idleTokenExpires_TR13() {
    redeemedWith("first");
    advance(HOUR);

    assertThat(rotate("first", "second")).isEqualTo(new Rotation.Gone());
    assertThat(rotate("strange", "second")).isEqualTo(new Rotation.Gone());
    assertThat(grants().findUsable("grant")).isEmpty();
  }

  @Test
  void rotationBeginsANewIdleLifetime_TR13() {
    redeemedWith("first");
    advance(HOUR.minus(SLACK));
    rotate("first", "second");
    advance(HOUR.minus(SLACK));

    assertThat(grants().findUsable("grant")).isPresent();
    assertThat(rotate("second", "third")).isInstanceOf(Rotation.Rotated.class);
  }

  @Test
  void reuseBeginsNoNewIdleLifetime_TR13() {
    redeemedWith("first");
    rotate("first", "second");
    advance(MINUTE.minus(SLACK));
    rotate("first", "second");
    advance(HOUR.minus(MINUTE).plus(SLACK));

    assertThat(rotate("second", "third")).isEqualTo(new Rotation.Gone());
  }

  @Test
  void rotationNeverProlongsTheFamily_TR13() {
    RefreshLifetime longer = new RefreshLifetime(DAY.multipliedBy(2), DAY.multipliedBy(9));
    redeemedWith("first");
    grants().rotate("grant", TestFacts.hash("first"), TestFacts.hash("second"), longer, MINUTE);
    advance(DAY.minus(SLACK));
    assertThat(grants().findUsable("grant")).isPresent();
    advance(SLACK);

    assertThat(rotate("second", "third")).isEqualTo(new Rotation.Gone());
    assertThat(grants().findUsable("grant")).isEmpty();
  }

  @Test
  void absoluteLifetimeCapsTheFirstIdleLifetime_TR13() {
    redeemedWith("first", new RefreshLifetime(DAY, HOUR));
    advance(HOUR);

    assertThat(rotate("first", "second")).isEqualTo(new Rotation.Gone());
  }

  @Test
  void rotationIsSeenByOtherInstancesAtOnce() {
    redeemedWith("first");
    rotate("first", "second");

    assertThat(
            underTest()
                .otherInstance()
                .grants()
                .rotate(
                    "grant", TestFacts.hash("second"), TestFacts.hash("third"), LIFETIME, MINUTE))
        .isInstanceOf(Rotation.Rotated.class);
  }

  private static void isReplacedBySecond(Rotation rotation) {
    assertThat(rotation).isInstanceOf(Rotation.RecentlyRotated.class);
    Rotation.RecentlyRotated recently = (Rotation.RecentlyRotated) rotation;
    assertThat(recently.current().matches(TestFacts.hash("second"))).isTrue();
  }

  private void redeemedWith(String refreshToken) {
    redeemedWith(refreshToken, LIFETIME);
  }

  private void redeemedWith(String refreshToken, RefreshLifetime lifetime) {
    grants().create(TestFacts.grant("grant"), TestFacts.code("code"), MINUTE);
    grants().redeem("code", TestFacts.hash(refreshToken), lifetime);
  }

  private Rotation rotate(String presented, String successor) {
    return grants()
        .rotate("grant", TestFacts.hash(presented), TestFacts.hash(successor), LIFETIME, MINUTE);
  }

  private Instant storageTime() {
    return storage().changes().recent(MINUTE).storageTime();
  }

  private GrantStore grants() {
    return storage().grants();
  }
}
