package io.mcpoauth.examples.customstorage;

import java.util.List;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** Facts of one kind by id, in the order of their ids. To be used inside a step only. */
final class Shelf<V> {

  private final MVMap<String, String> map;
  private final Class<V> type;

  Shelf(MVStore store, String name, Class<V> type) {
    this.map = store.openMap(name);
    this.type = type;
  }

  @Nullable V get(String id) {
    String json = map.get(id);
    return json == null ? null : Facts.read(json, type);
  }

  boolean contains(String id) {
    return map.containsKey(id);
  }

  /** Puts a new fact there, or a changed one in its place. */
  void put(String id, V fact) {
    map.put(id, Facts.write(fact));
  }

  void remove(String id) {
    map.remove(id);
  }

  /**
   * Removes the facts that are so.
   *
   * @param limit the most that are removed
   * @return whether there may be more
   */
  boolean removeIf(Predicate<V> condition, int limit) {
    List<String> ids =
        map.entrySet().stream()
            .filter(entry -> condition.test(Facts.read(entry.getValue(), type)))
            .map(Entry::getKey)
            .limit(limit)
            .toList();
    ids.forEach(map::remove);
    return ids.size() == limit;
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
}
