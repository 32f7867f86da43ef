package io.mcpoauth.core.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Values by id that are dropped some time after they may be forgotten, so that memory stays bounded
 * by what is alive. Not safe for use by several threads.
 */
final class Kept<V> {

  private static final int MIN_INSERTS_BETWEEN_SWEEPS = 64;

  private final Map<String, V> byId = new HashMap<>();
  private final InstantSource clock;
  private final BiPredicate<V, Instant> forgettable;
  private int insertsUntilSweep = MIN_INSERTS_BETWEEN_SWEEPS;

  /**
   * Nothing yet.
   *
   * @param forgettable whether a value may be forgotten at that time
   */
  Kept(InstantSource clock, BiPredicate<V, Instant> forgettable) {
    this.clock = clock;
    this.forgettable = forgettable;
  }

  @Nullable V get(String id) {
    return byId.get(id);
  }

  boolean contains(String id) {
    return byId.containsKey(id);
  }

  void remove(String id) {
    byId.remove(id);
  }

  void put(String id, V value) {
    byId.put(id, value);
    if (--insertsUntilSweep <= 0) {
      sweep(clock.instant());
      // As many inserts as survivors: a sweep costs each insert a constant.
      insertsUntilSweep = Math.max(MIN_INSERTS_BETWEEN_SWEEPS, byId.size());
    }
  }

  /** Drops what may have been forgotten at that time. */
  void sweep(Instant at) {
    byId.values().removeIf(value -> forgettable.test(value, at));
  }

  /** All values that are held, forgettable ones included. */
  Collection<V> values() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /** How many values are held, forgettable ones included. */
  int size() {
    return byId.size();
  }
}
