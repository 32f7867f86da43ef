package io.mcpoauth.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.contract.DelegatingGrantStore;
import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrantDirectoryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SlowGrants grants =
      new SlowGrants(new InMemoryStorage(new MutableClock(NOW)).grants());
  private final GrantDirectory directory = new GrantDirectory(grants, TestGrant.PROFILES);
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /** Storage whose answer can be held back after it was made, and which can be lost. */
  private static final class SlowGrants extends DelegatingGrantStore {

    final AtomicInteger asked = new AtomicInteger();
    volatile CountDownLatch mayAnswer = new CountDownLatch(0);
    volatile boolean lost;

    SlowGrants(GrantStore delegate) {
      super(delegate);
    }

    @Override
    public Optional<Grant> findUsable(String grantId) {
      if (lost) {
        throw new StorageException("scripted", new IOException());
      }
      Optional<Grant> answer = super.findUsable(grantId);
      asked.incrementAndGet();
      try {
        assertThat(mayAnswer.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return answer;
    }
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void grantIsReadOnceUntilItChanges_RS13() {
    TestGrant.create(grants);
    assertThat(directory.find("grant")).isPresent();
    assertThat(directory.find("grant")).isPresent();
    assertThat(grants.asked).hasValue(1);
    grants.revoke("grant", RevocationReason.CLIENT_REQUEST);

    directory.apply(new Change.GrantChanged("grant"));

    assertThat(directory.find("grant")).isEmpty();
  }

  @Test
  void changeThatIsToldDuringALookUpIsNotLost_TR05_RV14() throws Exception {
    TestGrant.create(grants);
    grants.mayAnswer = new CountDownLatch(1);
    Future<Optional<KnownGrant>> early = threads.submit(() -> directory.find("grant"));
    await().pollInterval(Duration.ofMillis(2)).until(() -> grants.asked.get() == 1);
    grants.revoke("grant", RevocationReason.CLIENT_REQUEST);
    Future<?> told = threads.submit(() -> directory.apply(new Change.GrantChanged("grant")));
    grants.mayAnswer.countDown();
    early.get(10, TimeUnit.SECONDS);
    told.get(10, TimeUnit.SECONDS);

    assertThat(directory.find("grant")).isEmpty();
  }

  @Test
  void outageIsNotRemembered_RS10() {
    TestGrant.create(grants);
    grants.lost = true;
    assertThatThrownBy(() -> directory.find("grant")).isInstanceOf(StorageException.class);
    grants.lost = false;

    assertThat(directory.find("grant")).isPresent();
  }

  @Test
  void unknownGrantIsAskedForOnce_DS08() {
    assertThat(directory.find("unknown")).isEmpty();
    assertThat(directory.find("unknown")).isEmpty();

    assertThat(grants.asked).hasValue(1);
  }

  @Test
  void revokedTokenIsRemembered_RV01() {
    assertThat(directory.isRevoked("jti")).isFalse();
    directory.apply(new Change.AccessTokenRevoked("jti", NOW.plus(HOUR)));

    assertThat(directory.isRevoked("jti")).isTrue();
  }

  @Test
  void revokedTokensAreRememberedUntilTheyExpireHoweverManyComeAfterThem_RV01() {
    directory.apply(new Change.AccessTokenRevoked("first", NOW.plus(HOUR)));
    for (int i = 0; i < 1_100_000; i++) {
      directory.apply(new Change.AccessTokenRevoked(Integer.toString(i), NOW));
    }
    directory.forgetExpired(NOW.plus(HOUR));
    assertThat(directory.isRevoked("first")).isTrue();
    assertThat(directory.isRevoked("0")).isFalse();

    directory.forgetExpired(NOW.plus(HOUR.multipliedBy(2)));

    assertThat(directory.isRevoked("first")).isFalse();
  }
}
