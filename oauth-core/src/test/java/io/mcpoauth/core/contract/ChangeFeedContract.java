package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpoauth.core.spi.storage.ChangeFeed;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.ChangeFeed.Changes;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rules of {@link ChangeFeed}. */
public abstract class ChangeFeedContract extends StorageRules {

  @Test
  void freshStorageHasNoChanges() {
    assertThat(storage().changes().recent(HOUR).changes()).isEmpty();
  }

  @Test
  void revokedGrantIsTold_TR05() {
    revoke("grant");

    assertThat(told(MINUTE)).containsOnly(new Change.GrantChanged("grant"));
  }

  @Test
  void revokedAccessTokenIsTold() {
    Change revoked = revokeToken("token", in(HOUR));

    assertThat(told(MINUTE)).containsOnly(revoked);
  }

  @Test
  void accessTokenMayBeRevokedAgain() {
    Instant expiresAt = in(HOUR);
    revokeToken("token", expiresAt);
    Change revoked = revokeToken("token", expiresAt);

    assertThat(told(MINUTE)).containsOnly(revoked);
  }

  @Test
  void whoBeginsHearsOfTheRevokedAccessTokensThatLiveAndOfNothingElse_RV10() {
    assertThat(toldAtFirst()).isEmpty();
    revoke("grant");
    Change living = revokeToken("token", in(HOUR.multipliedBy(2)));
    revokeToken("short", in(MINUTE));
    advance(HOUR);

    assertThat(toldAtFirst()).containsExactly(living);
    assertThat(underTest().otherInstance().changes().revokedAccessTokens().changes())
        .containsExactly(living);
  }

  @Test
  void revocationThatChangedNothingIsNotTold() {
    storage().grants().revoke("unknown", RevocationReason.CLIENT_REQUEST);

    assertThat(told(MINUTE)).isEmpty();
  }

  @Test
  void changeIsToldAsLongAsTheWindowReachesBackToIt() {
    revoke("grant");
    Change token = revokeToken("token", in(HOUR));
    advance(MINUTE.multipliedBy(2));
    revoke("later");

    assertThat(told(MINUTE)).contains(new Change.GrantChanged("later"));
    assertThat(told(HOUR))
        .containsOnly(new Change.GrantChanged("grant"), token, new Change.GrantChanged("later"));
  }

  @Test
  void changeIsToldToOtherInstancesAtOnce() {
    revoke("grant");

    assertThat(underTest().otherInstance().changes().recent(MINUTE).changes())
        .contains(new Change.GrantChanged("grant"));
  }

  @Test
  void answerCarriesStoragesTime() {
    Changes before = storage().changes().recent(MINUTE);
    advance(HOUR);
    Changes after = storage().changes().recent(MINUTE);

    assertThat(Duration.between(before.storageTime(), after.storageTime()))
        .isBetween(HOUR, HOUR.plus(MINUTE));
  }

  @Test
  void subscriberIsCalledAfterAChangeAnywhere() throws Exception {
    assumeTrue(underTest().givesHints());
    CountDownLatch seen = new CountDownLatch(1);
    Storage listening = underTest().otherInstance();

    try (AutoCloseable subscription =
        listening
            .changes()
            .subscribe(
                () -> {
                  if (!listening.changes().recent(MINUTE).changes().isEmpty()) {
                    seen.countDown();
                  }
                })) {
      assertThat(subscription).isNotNull();
      revoke("grant");

      assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endedSubscriptionIsNotCalled() throws Exception {
    assumeTrue(underTest().givesHints());
    AtomicInteger calls = new AtomicInteger();
    storage().changes().subscribe(calls::incrementAndGet).close();
    int callsBefore = calls.get();
    CountDownLatch othersAreCalled = new CountDownLatch(1);

    try (AutoCloseable subscription = storage().changes().subscribe(othersAreCalled::countDown)) {
      assertThat(subscription).isNotNull();
      revoke("grant");

      assertThat(othersAreCalled.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(calls).hasValue(callsBefore);
    }
  }

  private void revoke(String grantId) {
    storage().grants().create(TestFacts.grant(grantId), TestFacts.code("code of " + grantId), HOUR);
    storage().grants().revoke(grantId, RevocationReason.CLIENT_REQUEST);
  }

  private Change revokeToken(String tokenId, Instant expiresAt) {
    storage().grants().revokeAccessToken(tokenId, "grant", expiresAt);
    return new Change.AccessTokenRevoked(tokenId, expiresAt);
  }

  private List<Change> toldAtFirst() {
    return storage().changes().revokedAccessTokens().changes();
  }

  private List<Change> told(Duration window) {
    return storage().changes().recent(window).changes();
  }
}
