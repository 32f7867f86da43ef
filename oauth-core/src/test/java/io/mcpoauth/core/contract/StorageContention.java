package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.LoginStore.Consumption;
import io.mcpoauth.core.spi.storage.LoginStore.Start;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Races on every verb that only one caller may win. Racers use both instances of the storage in
 * turn; each race is run many times, because a hole is hit only now and then.
 */
public abstract class StorageContention extends StorageRules {

  private static final int TRIALS = 100;
  private static final int RACERS = 8;
  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(1), Duration.ofDays(30));

  private Race race;

  @BeforeEach
  void openRace() {
    race = new Race(RACERS);
  }

  @AfterEach
  void closeRace() {
    race.close();
  }

  @Test
  void oneRacerRedeemsTheCode_TC03() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String code = create("grant " + trial);

      List<Redemption> redemptions =
          race.run(racer -> instance(racer).grants().redeem(code, token(racer), LIFETIME));

      assertThat(redemptions).filteredOn(Redemption.Redeemed.class::isInstance).hasSize(1);
      assertThat(redemptions)
          .filteredOn(new Redemption.AlreadyRedeemed()::equals)
          .hasSize(RACERS - 1);
    }
  }

  @Test
  void refreshTokenOfTheWinningRedemptionIsTheOneThatLives_TC03() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String grant = "grant " + trial;
      String code = create(grant);
      List<Redemption> redemptions =
          race.run(racer -> instance(racer).grants().redeem(code, token(racer), LIFETIME));

      for (int racer = 0; racer < RACERS; racer++) {
        boolean won = redemptions.get(racer) instanceof Redemption.Redeemed;
        // The successor is the same hash, so that the loop leaves the state as it found it.
        Rotation rotation =
            storage().grants().rotate(grant, token(racer), token(racer), LIFETIME, Duration.ZERO);
        assertThat(rotation instanceof Rotation.Rotated).isEqualTo(won);
      }
    }
  }

  @Test
  void racersWithOneRefreshTokenAgreeOnItsSuccessor_TR04() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String grant = redeemed("grant " + trial);

      List<Rotation> rotations = race.run(racer -> rotateFirst(grant, racer));

      assertThat(rotations).filteredOn(Rotation.Rotated.class::isInstance).hasSize(1);
      int winner = indexOf(rotations, Rotation.Rotated.class);
      assertThat(rotations)
          .filteredOn(Rotation.RecentlyRotated.class::isInstance)
          .hasSize(RACERS - 1)
          .allMatch(
              answer -> ((Rotation.RecentlyRotated) answer).current().matches(successor(winner)));
    }
  }

  @Test
  void noTokenOutlivesARevocationThatItRaced_TR05() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String grant = redeemed("grant " + trial);

      List<Rotation> rotations =
          race.run(
              racer -> {
                if (racer % 4 == 0) {
                  instance(racer).grants().revoke(grant, RevocationReason.CLIENT_REQUEST);
                  assertThat(instance(racer + 1).grants().findUsable(grant)).isEmpty();
                  return new Rotation.Gone();
                }
                return rotateFirst(grant, racer);
              });

      assertThat(rotations).noneMatch(Rotation.Superseded.class::isInstance);
      for (int racer = 0; racer < RACERS; racer++) {
        assertThat(
                storage()
                    .grants()
                    .rotate(grant, successor(racer), token(racer), LIFETIME, Duration.ZERO))
            .isEqualTo(new Rotation.Gone());
      }
    }
  }

  @Test
  void noRedemptionOutlivesARevocationThatItRaced_TR05() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String grant = "grant " + trial;
      String code = create(grant);

      race.run(
          racer ->
              racer % 2 == 0
                  ? instance(racer).grants().revoke(grant, RevocationReason.CLIENT_REQUEST)
                  : instance(racer).grants().redeem(code, token(racer), LIFETIME));

      assertThat(storage().grants().findUsable(grant)).isEmpty();
      assertThat(storage().grants().redeem(code, token(0), LIFETIME))
          .isEqualTo(new Redemption.Gone());
    }
  }

  @Test
  void oneRacerRevokesAndTheFeedTellsIt() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String grant = redeemed("grant " + trial);

      List<Boolean> revocations =
          race.run(
              racer -> instance(racer).grants().revoke(grant, RevocationReason.CLIENT_REQUEST));

      assertThat(revocations).containsOnlyOnce(true);
      assertThat(storage().changes().recent(Duration.ofHours(1)).changes())
          .contains(new Change.GrantChanged(grant));
    }
  }

  @Test
  void everyWrongProofIsCounted_TC04() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String burnt = create("burnt " + trial);
      String kept = create("kept " + trial);

      race.run(
          racer -> {
            GrantStore grants = instance(racer).grants();
            grants.countFailedRedemption(burnt, RACERS);
            grants.countFailedRedemption(kept, RACERS + 1);
            return racer;
          });

      assertThat(storage().grants().redeem(burnt, token(0), LIFETIME))
          .isEqualTo(new Redemption.Gone());
      assertThat(storage().grants().redeem(kept, token(0), LIFETIME))
          .isInstanceOf(Redemption.Redeemed.class);
    }
  }

  @Test
  void oneRacerKeepsItsGrantUnderAnId_DB24() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String grant = "grant " + trial;

      List<Insertion> insertions =
          race.run(
              racer ->
                  instance(racer)
                      .grants()
                      .create(
                          TestFacts.grant(grant),
                          TestFacts.code(grant + " code " + racer),
                          Duration.ofMinutes(1)));

      assertThat(insertions).containsOnlyOnce(Insertion.INSERTED);
      int winner = insertions.indexOf(Insertion.INSERTED);
      for (int racer = 0; racer < RACERS; racer++) {
        assertThat(storage().grants().findCode(grant + " code " + racer).isPresent())
            .isEqualTo(racer == winner);
      }
    }
  }

  @Test
  void oneRacerTakesTheLoginOut_DB02() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String login = "login " + trial;
      storage().logins().begin(TestFacts.login(login, "browser"), Duration.ofMinutes(1));

      List<Consumption> consumptions =
          race.run(racer -> instance(racer).logins().consume(login, TestFacts.hash("browser")));

      assertThat(consumptions).filteredOn(Consumption.Consumed.class::isInstance).hasSize(1);
      assertThat(consumptions).filteredOn(new Consumption.Gone()::equals).hasSize(RACERS - 1);
    }
  }

  @Test
  void loginThatManyBeginIsConsumedOnce_CN08() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String login = "login " + trial;

      List<Start> starts =
          race.run(
              racer ->
                  instance(racer)
                      .logins()
                      .begin(TestFacts.login(login, "browser"), Duration.ofMinutes(1)));

      assertThat(starts).containsOnly(Start.BEGUN);
      assertThat(race.run(racer -> consumes(racer, login))).containsOnlyOnce(true);
    }
  }

  private boolean consumes(int racer, String login) {
    return instance(racer).logins().consume(login, TestFacts.hash("browser"))
        instanceof Consumption.Consumed;
  }

  @Test
  void loginIsEitherConsumedOrCancelled() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String login = "login " + trial;
      storage().logins().begin(TestFacts.login(login, "browser"), Duration.ofMinutes(1));

      List<Boolean> wins =
          race.run(
              racer ->
                  racer % 2 == 0
                      ? instance(racer).logins().cancel(login, Duration.ofMinutes(1))
                      : consumes(racer, login));

      List<Boolean> cancelled =
          IntStream.range(0, RACERS / 2).mapToObj(i -> wins.get(2 * i)).toList();
      List<Boolean> consumed =
          IntStream.range(0, RACERS / 2).mapToObj(i -> wins.get(2 * i + 1)).toList();
      if (cancelled.contains(true)) {
        assertThat(cancelled).containsOnly(true);
        assertThat(consumed).containsOnly(false);
      } else {
        assertThat(consumed).containsOnlyOnce(true);
      }
    }
  }

  @Test
  void oneRacerReplacesTheRegistration() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String id = "client " + trial;
      storage().registrations().insert(TestFacts.publicClient(id), TestFacts.hash("first"));

      List<Boolean> replaced =
          race.run(
              racer ->
                  instance(racer)
                      .registrations()
                      .replace(
                          TestFacts.publicClient(id), TestFacts.hash("first"), successor(racer)));

      assertThat(replaced).containsOnlyOnce(true);
      assertThat(storage().registrations().find(id, successor(replaced.indexOf(true)))).isPresent();
    }
  }

  @Test
  void oneRacerUsesTheAssertion_CA13() throws Exception {
    for (int trial = 0; trial < TRIALS; trial++) {
      String id = "assertion " + trial;

      List<Boolean> first =
          race.run(racer -> instance(racer).assertions().remember("client", id, HOUR));

      assertThat(first).containsOnlyOnce(true);
    }
  }

  @Test
  void oneRacerAppendsTheNextSigningKey() throws Exception {
    String predecessor = null;
    for (int trial = 0; trial < TRIALS; trial++) {
      String place = predecessor;
      String prefix = "key " + trial + " of racer ";

      List<Boolean> appended =
          race.run(
              racer ->
                  instance(racer)
                      .signingKeys()
                      .append(TestFacts.signingKey(prefix + racer, place)));

      assertThat(appended).containsOnlyOnce(true);
      predecessor = prefix + appended.indexOf(true);
    }
    assertThat(storage().signingKeys().list()).hasSize(TRIALS);
  }

  private Storage instance(int racer) {
    return racer % 2 == 0 ? storage() : underTest().otherInstance();
  }

  /** Creates the grant and gives the id of its code. */
  private String create(String grant) {
    String code = "code of " + grant;
    storage().grants().create(TestFacts.grant(grant), TestFacts.code(code), Duration.ofMinutes(1));
    return code;
  }

  private String redeemed(String grant) {
    storage().grants().redeem(create(grant), TestFacts.hash("first"), LIFETIME);
    return grant;
  }

  private Rotation rotateFirst(String grant, int racer) {
    return instance(racer)
        .grants()
        .rotate(grant, TestFacts.hash("first"), successor(racer), LIFETIME, Duration.ofMinutes(1));
  }

  private static SecretHash token(int racer) {
    return TestFacts.hash("token of " + racer);
  }

  private static SecretHash successor(int racer) {
    return TestFacts.hash("successor of " + racer);
  }

  private static <T> int indexOf(List<T> answers, Class<? extends T> type) {
    for (int i = 0; i < answers.size(); i++) {
      if (type.isInstance(answers.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
