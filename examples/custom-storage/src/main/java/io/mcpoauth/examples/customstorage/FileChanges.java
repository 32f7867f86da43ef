package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.spi.storage.ChangeFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** The changes under growing numbers, and who wants to hear of new ones. */
final class FileChanges implements ChangeFeed {

  private final Steps steps;
  private final Shelf<StoredChange> changes;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /** A change of a grant or, if that is null, of an access token. */
  private record StoredChange(@Nullable String grantId, @Nullable String tokenId, Instant at) {

    static StoredChange of(Change change, Instant at) {
      return change instanceof Change.GrantChanged grant
          ? new StoredChange(grant.grantId(), null, at)
          : new StoredChange(null, ((Change.AccessTokenRevoked) change).tokenId(), at);
    }

    Change change() {
      return grantId == null
          ? new Change.AccessTokenRevoked(String.valueOf(tokenId))
          : new Change.GrantChanged(grantId);
    }
  }

  /** One subscriber; equal only to itself, so that the same callback may subscribe twice. */
  private static final class Subscription {

    private final Runnable onChange;

    Subscription(Runnable onChange) {
      this.onChange = onChange;
    }
  }

  FileChanges(MVStore store, Steps steps) {
    this.steps = steps;
    this.changes = new Shelf<>(store, "changes", StoredChange.class);
  }

  @Override
  public Changes recent(Duration window) {
    return steps.read(
        now ->
            new Changes(
                changes
                    .all()
                    .filter(change -> !change.at().isBefore(now.minus(window)))
                    .map(StoredChange::change)
                    .toList(),
                now));
  }

  @Override
  public AutoCloseable subscribe(Runnable onChange) {
    Subscription subscription = new Subscription(onChange);
    subscriptions.add(subscription);
    return () -> subscriptions.remove(subscription);
  }

  /** Makes a change part of the feed, inside the step that it belongs to. */
  void add(Change change, Instant now) {
    String last = changes.lastId();
    long next = last.isEmpty() ? 0 : Long.parseLong(last) + 1;
    changes.put("%019d".formatted(next), StoredChange.of(change, now));
  }

  /** Tells the subscribers, after the step; answers with what it was given. */
  boolean tellIf(boolean changed) {
    if (changed) {
      subscriptions.forEach(subscription -> subscription.onChange.run());
    }
    return changed;
  }

  boolean deleteEnded(Instant before, int limit) {
    return changes.removeIf(change -> change.at().isBefore(before), limit);
  }

  void close() {
    subscriptions.clear();
  }
}
