package io.mcpoauth.core.internal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.limit.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket for each key, all of the same size. Of a bucket there is one number: the time at
 * which it will be full again. Memory is bounded: buckets that are full are forgotten, and when
 * there are too many keys, those that were not seen for long begin anew. Safe for many threads;
 * nobody waits.
 */
public final class RateLimiter {

  private static final int MAX_KEYS = 100_000;

  private final RateLimit limit;
  private final InstantSource clock;
  private final long window;
  private final long interval;
  private final Cache<Object, AtomicLong> fullAgain;

  /** Full buckets of that size. */
  public RateLimiter(RateLimit limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
    this.window = limit.per().toNanos();
    this.interval = limit.isNone() ? 0 : window / limit.requests();
    this.fullAgain =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .expireAfterAccess(limit.per())
            .ticker(() -> nanos(clock))
            .build();
  }

  /**
   * Counts a request.
   *
   * @param key with {@code equals} and {@code hashCode} of its own; kept, so it must be small
   * @return empty when it may pass; else it was not counted, and may pass after that time
   */
  public Optional<Duration> take(Object key) {
    if (limit.isNone()) {
      return Optional.empty();
    }
    AtomicLong bucket = fullAgain.get(key, unknown -> new AtomicLong(Long.MIN_VALUE));
    while (true) {
      long now = now();
      long current = bucket.get();
      long start = startOf(current, now);
      if (start - now > window - interval) {
        return Optional.of(waitUntil(start, now));
      }
      if (bucket.compareAndSet(current, start + interval)) {
        return Optional.empty();
      }
    }
  }

  /** Whether a request could pass, as {@link #take} tells, without counting one. */
  public Optional<Duration> look(Object key) {
    AtomicLong bucket = limit.isNone() ? null : fullAgain.getIfPresent(key);
    if (bucket == null) {
      return Optional.empty();
    }
    long now = now();
    long start = startOf(bucket.get(), now);
    return start - now > window - interval ? Optional.of(waitUntil(start, now)) : Optional.empty();
  }

  /** Never in the past; and a clock that was set back locks nobody out. */
  private long startOf(long fullAgain, long now) {
    return fullAgain < now || fullAgain - now > window ? now : fullAgain;
  }

  private Duration waitUntil(long start, long now) {
    return Duration.ofNanos(start - now - (window - interval));
  }

  /** How many buckets are kept. */
  long size() {
    fullAgain.cleanUp();
    return fullAgain.estimatedSize();
  }

  private long now() {
    return nanos(clock);
  }

  private static long nanos(InstantSource clock) {
    Instant instant = clock.instant();
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
