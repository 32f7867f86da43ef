package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.spi.storage.ChangeFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** The changes under growing numbers, and who wants to hear of new ones. */
final class FileChanges implements ChangeFeed {

  private final Steps steps;
  private final Shelf<StoredChange> changes;
  private final Shelf<Change.AccessTokenRevoked> revokedTokens;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /** A change of a grant or of an access token; the other one is null. */
  private record StoredChange(
      Change.@Nullable GrantChanged grant, Change.@Nullable AccessTokenRevoked token, Instant at) {

    static StoredChange of(Change change, Instant at) {
      return change instanceof Change.GrantChanged grant
          ? new StoredChange(grant, null, at)
          : new StoredChange(null, (Change.AccessTokenRevoked) change, at);
    }

    Change change() {
      return grant == null ? Objects.requireNonNull(token) : grant;
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
    this.revokedTokens = new Shelf<>(store, "revoked-tokens", Change.AccessTokenRevoked.class);
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
  public Changes revokedAccessTokens() {
    return steps.read(
        now ->
            new Changes(
                revokedTokens
                    .all()
                    .filter(revoked -> now.isBefore(revoked.expiresAt()))
                    .<Change>map(revoked -> revoked)
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

  /** The same for an access token; false when it was revoked before. */
  boolean addRevoked(Change.AccessTokenRevoked revoked, Instant now) {
    if (revokedTokens.contains(revoked.tokenId())) {
      return false;
    }
    revokedTokens.put(revoked.tokenId(), revoked);
    add(revoked, now);
    return true;
  }

  /** Tells the subscribers, after the step; answers with what it was given. */
  boolean tellIf(boolean changed) {
    if (changed) {
      subscriptions.forEach(subscription -> subscription.onChange.run());
    }
    return changed;
  }

  boolean deleteEnded(Instant before, int limit) {
    boolean more = changes.removeIf(change -> change.at().isBefore(before), limit);
    more |= revokedTokens.removeIf(revoked -> !before.isBefore(revoked.expiresAt()), limit);
    return more;
  }

  void close() {
    subscriptions.clear();
  }
}
