package io.mcpoauth.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.contract.ScriptedProvider;
import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.ProfileStore;
import io.mcpoauth.core.spi.storage.StorageException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a refresh where there is too much to do, and where everything goes wrong. */
class ProviderTokenRefreshTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofSeconds(5);

  private final InMemoryStorage storage =
      new InMemoryStorage(new MutableClock(Instant.parse("2026-03-01T12:00:00Z")));
  private final GrantDirectory directory = new GrantDirectory(storage.grants(), TestGrant.PROFILES);
  private final ScriptedProvider provider = new ScriptedProvider("idp");
  private final AtomicInteger tasks = new AtomicInteger();
  private final CompletableFuture<ProviderToken> result = new CompletableFuture<>();

  @BeforeEach
  void grant() {
    TestGrant.create(storage.grants());
    storage.grants().redeem("code", TestFacts.hash("token"), new RefreshLifetime(DAY, DAY));
    provider.answerRefreshWith(
        new RefreshAnswer.Refreshed(new UpstreamTokens(Secret.of("fresh"), null, null)));
  }

  /** An executor that is full for the tasks of these places. */
  private Executor fullFor(Set<Integer> places) {
    return task -> {
      if (places.contains(tasks.incrementAndGet())) {
        throw new RejectedExecutionException();
      }
      task.run();
    };
  }

  private void refresh(ProfileStore profiles, Executor executor, AuditLog audit) {
    new ProviderTokenRefresh(
            profiles,
            TestGrant.PROFILES,
            directory,
            List.of(provider),
            AccessPolicy.everybody(),
            audit,
            (grant, reason) -> {},
            executor)
        .start(directory.find("grant").orElseThrow(), result);
  }

  /** A store that does not take the first replacement. */
  private ProfileStore failingOnce() {
    AtomicInteger replacements = new AtomicInteger();
    return (ProfileStore)
        Proxy.newProxyInstance(
            ProfileStore.class.getClassLoader(),
            new Class<?>[] {ProfileStore.class},
            (proxy, verb, arguments) -> {
              if (verb.getName().equals("replace") && replacements.incrementAndGet() == 1) {
                throw new StorageException("scripted", new IOException());
              }
              return verb.invoke(storage.profiles(), arguments);
            });
  }

  @Test
  void refreshThatFindsNoRoomAfterItsPauseLeavesNobodyWaiting_UP20() {
    storage.profiles().claim("grant", 0, DAY);

    refresh(storage.profiles(), fullFor(Set.of(2)), event -> {});

    assertThat(result).succeedsWithin(SOON).isEqualTo(new ProviderToken.Unavailable());
    assertThat(tasks).hasValue(2);
  }

  @Test
  void tokensThatFindNoRoomOnTheirWayToStorageAreNotLost_UP22() {
    refresh(failingOnce(), fullFor(Set.of(2)), event -> {});

    assertThat(result).succeedsWithin(SOON).isInstanceOf(ProviderToken.Usable.class);
    assertThat(directory.find("grant").orElseThrow().tokens().accessToken().expose())
        .isEqualTo("fresh");
  }

  @Test
  void errorLeavesNobodyWaiting_UP22() {
    provider.answerRefreshWith(new RefreshAnswer.NotAllowed("rule"));
    AuditLog broken =
        event -> {
          throw new StackOverflowError();
        };

    refresh(storage.profiles(), fullFor(Set.of()), broken);

    assertThat(result).succeedsWithin(SOON).isEqualTo(new ProviderToken.Unavailable());
  }
}
