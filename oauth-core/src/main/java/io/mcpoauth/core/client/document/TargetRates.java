package io.mcpoauth.core.client.document;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how often a target is asked, whoever wants it asked: strangers choose the URLs, so without
 * a bound they could aim us at anybody (CM-19).
 */
final class TargetRates {

  private static final int MAX_TARGETS = 10_000;

  private final int limit;
  private final Duration window;
  private final InstantSource clock;
  private final Cache<String, Window> windows =
      Caffeine.newBuilder().maximumSize(MAX_TARGETS).build();

  /** At most that many requests to one target in each window. */
  TargetRates(int limit, Duration window, InstantSource clock) {
    this.limit = limit;
    this.window = window;
    this.clock = clock;
  }

  /** Counts a request; false when it must not be made. */
  boolean admit(String target) {
    Instant now = clock.instant();
    Window counted = windows.asMap().compute(target, (key, current) -> count(current, now));
    return counted != null && counted.requests <= limit;
  }

  private Window count(@Nullable Window current, Instant now) {
    if (current == null || !now.isBefore(current.start.plus(window))) {
      return new Window(now, 1);
    }
    return new Window(current.start, Math.min(current.requests, limit) + 1);
  }

  private record Window(Instant start, int requests) {}
}
