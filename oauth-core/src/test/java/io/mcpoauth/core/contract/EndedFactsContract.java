package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import io.mcpoauth.core.spi.storage.LoginStore.Start;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rules of the verb that removes what has ended (S24, DB-15). */
public abstract class EndedFactsContract extends StorageRules {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration KEPT_FOR = DAY.multipliedBy(2);

  /** Longer than facts are kept, with the day that storage may keep them longer. */
  private static final Duration LONG_AFTER = KEPT_FOR.plus(DAY).plus(DAY);

  private static final RefreshLifetime SHORT = new RefreshLifetime(HOUR, DAY);
  private static final RefreshLifetime LONG =
      new RefreshLifetime(DAY.multipliedBy(30), DAY.multipliedBy(180));

  @Test
  void grantsThatEndedLongAgoGoWithTheirCodes_DB15() {
    redeemed("idle", SHORT);
    created("unredeemed");
    advance(LONG_AFTER);

    removeAll();

    assertThat(grants().findCode("code of idle")).isEmpty();
    assertThat(grants().findCode("code of unredeemed")).isEmpty();
    assertThat(grants().findUsable("idle")).isEmpty();
    assertThat(grants().redeem("code of idle", TestFacts.hash("again"), SHORT))
        .isEqualTo(new Redemption.Gone());
    assertThat(rotate("idle")).isEqualTo(new Rotation.Gone());
  }

  @Test
  void whatLivesStaysWithTheEvidenceOfItsReplay_DB15_TC02() {
    redeemed("living", LONG);
    redeemed("rotating", LONG);
    advance(LONG_AFTER);
    assertThat(rotate("rotating")).isInstanceOf(Rotation.Rotated.class);
    created("fresh");
    removeAll();

    assertThat(grants().findUsable("living")).isPresent();
    assertThat(grants().findUsable("fresh")).isPresent();
    assertThat(grants().findCode("code of living")).isPresent();
    assertThat(grants().redeem("code of living", TestFacts.hash("again"), LONG))
        .isEqualTo(new Redemption.AlreadyRedeemed());
    assertThat(rotate("rotating")).isInstanceOf(Rotation.RecentlyRotated.class);
    assertThat(rotate("living")).isInstanceOf(Rotation.Rotated.class);
  }

  @Test
  void revokedGrantStaysDeadThroughItsRemoval_RV10() {
    redeemed("revoked", LONG);
    grants().revoke("revoked", RevocationReason.CLIENT_REQUEST);
    advance(LONG_AFTER);
    removeAll();

    assertThat(grants().findUsable("revoked")).isEmpty();
    assertThat(rotate("revoked")).isEqualTo(new Rotation.Gone());
  }

  @Test
  void changesAreToldForAsLongAsTheyAreKept_DB15() {
    redeemed("revoked", LONG);
    grants().revoke("revoked", RevocationReason.CLIENT_REQUEST);
    Instant expiresAt = in(HOUR);
    grants().revokeAccessToken("token", "revoked", expiresAt);
    advance(DAY);
    removeAll();

    assertThat(storage().changes().recent(KEPT_FOR).changes())
        .contains(
            new Change.GrantChanged("revoked"), new Change.AccessTokenRevoked("token", expiresAt));
  }

  @Test
  void loginsAndAssertionsAreRememberedUntilTheirEnd_DB15() {
    storage().logins().cancel("cancelled", DAY);
    storage().assertions().remember("client", "assertion", DAY);
    removeAll();
    advance(HOUR);
    removeAll();

    assertThat(storage().logins().begin(TestFacts.login("cancelled", "browser"), DAY))
        .isEqualTo(Start.ENDED);
    assertThat(storage().assertions().remember("client", "assertion", DAY)).isFalse();
  }

  @Test
  void clientStaysAsUsedAsItWasWhenItsGrantsGo_RG22() {
    storage().clients().insert(TestFacts.publicClient("client"));
    grants().create(TestFacts.grant("grant", "client"), TestFacts.code("code"), MINUTE);
    grants().redeem("code", TestFacts.hash("first"), SHORT);
    advance(LONG_AFTER);
    removeAll();

    assertThat(grants().findCode("code")).isEmpty();
    assertThat(storage().clients().deleteUnused(DAY, DAY.multipliedBy(90), 10)).isZero();
    advance(DAY.multipliedBy(90));
    assertThat(storage().clients().deleteUnused(DAY, DAY.multipliedBy(90), 10)).isEqualTo(1);
  }

  @Test
  void removalTakesStepsUntilNothingIsLeft_DB15() {
    for (int i = 0; i < 12; i++) {
      created("grant " + i);
    }
    advance(LONG_AFTER);
    int steps = 1;
    while (storage().deleteEnded(KEPT_FOR, 5)) {
      assertThat(++steps).isLessThan(12);
    }

    for (int i = 0; i < 12; i++) {
      assertThat(grants().findCode("code of grant " + i)).isEmpty();
    }
  }

  private void removeAll() {
    while (storage().deleteEnded(KEPT_FOR, 100)) {
      // Goes on until nothing is left.
    }
  }

  private void created(String id) {
    grants().create(TestFacts.grant(id), TestFacts.code("code of " + id), MINUTE);
  }

  private void redeemed(String id, RefreshLifetime lifetime) {
    created(id);
    grants().redeem("code of " + id, TestFacts.hash(id), lifetime);
  }

  /** Presents the first token of the grant. */
  private Rotation rotate(String id) {
    return grants().rotate(id, TestFacts.hash(id), TestFacts.hash("next of " + id), LONG, MINUTE);
  }

  private GrantStore grants() {
    return storage().grants();
  }
}
