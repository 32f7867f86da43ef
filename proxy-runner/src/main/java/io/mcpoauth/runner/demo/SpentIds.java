package io.mcpoauth.runner.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what was used up or revoked until it would have expired anyway. In memory: a restart
 * forgets it, which a sign-in without passwords can afford.
 */
final class SpentIds {
  private final Map<String, Instant> spent = new ConcurrentHashMap<>();
  private final InstantSource clock;

  SpentIds(InstantSource clock) {
    this.clock = clock;
  }

  /** True for the first caller with this id, false for every other one. */
  boolean spend(String id, Instant expiry) {
    Instant now = clock.instant();
    spent.values().removeIf(now::isAfter);
    return spent.putIfAbsent(id, expiry) == null;
  }

  boolean contains(String id) {
    return spent.containsKey(id);
  }
}
