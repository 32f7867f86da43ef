package io.mcpoauth.examples.customstorage;

import java.time.Instant;
import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Facts of one kind by id, in the order of their ids. Those that may be forgotten are dropped now
 * and then, so that the file stays bounded by what is alive. To be used inside a step only.
 */
final class Shelf<V> {

  private static final int INSERTS_BETWEEN_SWEEPS = 256;

  private final MVMap<String, String> map;
  private final Class<V> type;
  private final BiPredicate<V, Instant> forgettable;
  private int insertsUntilSweep = INSERTS_BETWEEN_SWEEPS;

  Shelf(MVStore store, String name, Class<V> type, BiPredicate<V, Instant> forgettable) {
    this.map = store.openMap(name);
    this.type = type;
    this.forgettable = forgettable;
  }

  @Nullable V get(String id) {
    String json = map.get(id);
    return json == null ? null : Facts.read(json, type);
  }

  boolean contains(String id) {
    return map.containsKey(id);
  }

  /** Puts a new fact there, or a changed one in its place. */
  void put(String id, V fact, Instant now) {
    if (map.put(id, Facts.write(fact)) == null && --insertsUntilSweep <= 0) {
      sweep(now);
    }
  }

  void remove(String id) {
    map.remove(id);
  }

  /** All facts. */
  Stream<V> all() {
    return map.values().stream().map(json -> Facts.read(json, type));
  }

  /** The facts whose ids come after that one. */
  Stream<V> after(String id) {
    String first = map.higherKey(id);
    Iterable<String> ids = () -> map.keyIterator(first);
    return first == null
        ? Stream.empty()
        : StreamSupport.stream(ids.spliterator(), false)
            .map(next -> Facts.read(Objects.requireNonNull(map.get(next)), type));
  }

  /** The last id in their order; empty when there is none. */
  String lastId() {
    String last = map.lastKey();
    return last == null ? "" : last;
  }

  private void sweep(Instant now) {
    List<String> forgotten =
        map.entrySet().stream()
            .filter(entry -> forgettable.test(Facts.read(entry.getValue(), type), now))
            .map(Entry::getKey)
            .toList();
    forgotten.forEach(map::remove);
    // As many inserts as survivors: a sweep costs each insert a constant.
    insertsUntilSweep = Math.max(INSERTS_BETWEEN_SWEEPS, map.size());
  }
}
