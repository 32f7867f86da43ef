package io.mcpoauth.core.internal.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.internal.access.ProviderToken.Unavailable;
import io.mcpoauth.core.internal.access.ProviderToken.Usable;
import io.mcpoauth.core.model.UpstreamTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps the provider's access tokens working. A token that will soon run out is refreshed in the
 * background while it still serves; only a request that finds it run out waits. All requests of a
 * grant wait for the same refresh (UP-20), and so few may wait at all that a dead provider cannot
 * take every thread.
 */
public final class ProviderTokens {

  private static final Duration EARLY = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(12);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
  private static final int MAX_WAITING = 64;

  private final ProviderTokenRefresh refresh;
  private final InstantSource clock;
  private final ConcurrentMap<String, CompletableFuture<ProviderToken>> running =
      new ConcurrentHashMap<>();
  private final Cache<String, Unavailable> failed =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(PAUSE_AFTER_FAILURE).build();
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  /** Keeps the tokens that this refresh can replace. */
  public ProviderTokens(ProviderTokenRefresh refresh, InstantSource clock) {
    this.refresh = refresh;
    this.clock = clock;
  }

  /** A token that works now, as long as the provider lets us have one. */
  ProviderToken of(KnownGrant grant) {
    Optional<Usable> lasting = lasting(grant);
    if (lasting.isPresent()) {
      return lasting.get();
    }
    UpstreamTokens tokens = grant.tokens();
    boolean works = clock.instant().isBefore(tokens.expiresAt());
    if (tokens.refreshToken() == null) {
      return new Usable(works ? tokens.accessToken() : null);
    }
    CompletableFuture<ProviderToken> refreshed = refresh(grant);
    return works ? new Usable(tokens.accessToken()) : await(refreshed);
  }

  /** The token, when it works for so long that nobody has to be asked. */
  Optional<Usable> lasting(KnownGrant grant) {
    UpstreamTokens tokens = grant.tokens();
    Instant expiresAt = tokens.expiresAt();
    return expiresAt == null || clock.instant().isBefore(expiresAt.minus(EARLY))
        ? Optional.of(new Usable(tokens.accessToken()))
        : Optional.empty();
  }

  private CompletableFuture<ProviderToken> refresh(KnownGrant grant) {
    String id = grant.grant().id();
    Unavailable failure = failed.getIfPresent(id);
    if (failure != null) {
      return CompletableFuture.completedFuture(failure);
    }
    CompletableFuture<ProviderToken> started = new CompletableFuture<>();
    CompletableFuture<ProviderToken> earlier = running.putIfAbsent(id, started);
    if (earlier != null) {
      return earlier;
    }
    refresh.start(grant, started);
    return started.whenComplete(
        (token, failureOfOurs) -> {
          if (token instanceof Unavailable unavailable) {
            failed.put(id, unavailable);
          }
          running.remove(id);
        });
  }

  private ProviderToken await(CompletableFuture<ProviderToken> refreshed) {
    boolean waits = !refreshed.isDone();
    if (waits && !waiting.tryAcquire()) {
      return new Unavailable();
    }
    try {
      return refreshed.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable();
    } catch (ExecutionException | TimeoutException e) {
      return new Unavailable();
    } finally {
      if (waits) {
        waiting.release();
      }
    }
  }
}
