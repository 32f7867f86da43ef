package io.mcpoauth.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.core.contract.DelegatingGrantStore;
import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.StorageException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessWatchesTest {

  private static final Change GRANT_CHANGED = new Change.GrantChanged("grant");
  private static final Change TOKEN_REVOKED = new Change.AccessTokenRevoked("token", Instant.MAX);
  private static final Granted GRANTED =
      new Granted(
          new User("idp:alice", "idp", null, null),
          "client",
          "grant",
          "token",
          Scopes.none(),
          null);

  private final LosableGrants grants =
      new LosableGrants(
          new InMemoryStorage(new MutableClock(Instant.parse("2026-03-01T12:00:00Z"))).grants());
  private final GrantDirectory directory = new GrantDirectory(grants, TestGrant.PROFILES);
  private final AccessWatches watches = new AccessWatches(directory, Runnable::run);
  private final AtomicInteger ends = new AtomicInteger();

  private static final class LosableGrants extends DelegatingGrantStore {

    boolean lost;

    LosableGrants(GrantStore delegate) {
      super(delegate);
    }

    @Override
    public Optional<Grant> findUsable(String grantId) {
      if (lost) {
        throw new StorageException("scripted", new IOException());
      }
      return super.findUsable(grantId);
    }
  }

  @BeforeEach
  void grantAccess() {
    TestGrant.create(grants);
    assertThat(directory.find("grant")).isPresent();
  }

  private AccessWatch watch() {
    return watches.watch(GRANTED, ends::incrementAndGet);
  }

  private void revoke() {
    grants.revoke("grant", RevocationReason.CLIENT_REQUEST);
  }

  @Test
  void everybodyHearsOfTheEndOfTheGrantOnce_RV09() {
    watch();
    watch();
    revoke();
    directory.apply(GRANT_CHANGED);
    directory.apply(GRANT_CHANGED);

    assertThat(ends).hasValue(2);
  }

  @Test
  void endOfTheTokenIsAnEndToo_RV09() {
    watch();
    directory.apply(TOKEN_REVOKED);
    directory.apply(TOKEN_REVOKED);

    assertThat(ends).hasValue(1);
  }

  @Test
  void grantThatLivesOnWithNewProviderTokensIsNoEnd() {
    watch();
    directory.apply(GRANT_CHANGED);

    assertThat(ends).hasValue(0);
  }

  @Test
  void changesOfOthersAreNoEnd() {
    watch();
    directory.apply(new Change.GrantChanged("another"));
    directory.apply(new Change.AccessTokenRevoked("another", Instant.MAX));

    assertThat(ends).hasValue(0);
  }

  @Test
  void endBeforeTheWatchIsHeardOfAtOnce_RV14() {
    revoke();
    directory.apply(GRANT_CHANGED);
    watch();
    assertThat(ends).hasValue(1);
    directory.apply(TOKEN_REVOKED);
    watch();

    assertThat(ends).hasValue(2);
  }

  @Test
  void outageOfStorageIsNoEndAndTheEndIsHeardOfAfterIt() {
    watch();
    revoke();
    grants.lost = true;
    directory.apply(GRANT_CHANGED);
    assertThat(ends).hasValue(0);
    grants.lost = false;
    directory.apply(GRANT_CHANGED);

    assertThat(ends).hasValue(1);
  }

  @Test
  void closedWatchHearsOfNothing() {
    AccessWatch watch = watch();
    watch.close();
    watch.close();
    revoke();
    directory.apply(GRANT_CHANGED);

    assertThat(ends).hasValue(0);
  }
}
