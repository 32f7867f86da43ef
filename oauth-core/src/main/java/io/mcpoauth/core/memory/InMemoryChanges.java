package io.mcpoauth.core.memory;

import io.mcpoauth.core.spi.storage.ChangeFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The changes of the last day, the revoked access tokens, and who wants to hear of new ones. */
final class InMemoryChanges implements ChangeFeed {

  /** Longer than any reader in the same process has not asked. */
  private static final Duration RETENTION = Duration.ofDays(1);

  private final InstantSource clock;
  private final Deque<Dated> dated = new ArrayDeque<>();
  private final Kept<Change.AccessTokenRevoked> revokedAccessTokens;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  InMemoryChanges(InstantSource clock) {
    this.clock = clock;
    this.revokedAccessTokens =
        new Kept<>(clock, (revoked, now) -> !now.isBefore(revoked.expiresAt()));
  }

  private record Dated(Change change, Instant at) {}

  /** One subscriber; equal only to itself, so that the same callback may subscribe twice. */
  private static final class Subscription {

    private final Runnable onChange;

    Subscription(Runnable onChange) {
      this.onChange = onChange;
    }
  }

  @Override
  public synchronized Changes recent(Duration window) {
    Instant now = clock.instant();
    Instant since = now.minus(window);
    return new Changes(
        dated.stream().filter(d -> !d.at.isBefore(since)).map(Dated::change).toList(), now);
  }

  @Override
  public synchronized Changes revokedAccessTokens() {
    Instant now = clock.instant();
    return new Changes(
        revokedAccessTokens.values().stream()
            .filter(revoked -> now.isBefore(revoked.expiresAt()))
            .<Change>map(revoked -> revoked)
            .toList(),
        now);
  }

  @Override
  public AutoCloseable subscribe(Runnable onChange) {
    Subscription subscription = new Subscription(onChange);
    subscriptions.add(subscription);
    return () -> subscriptions.remove(subscription);
  }

  /** Makes a change part of the feed; called inside the step that it belongs to. */
  synchronized void record(Change change) {
    Instant now = clock.instant();
    dated.addLast(new Dated(change, now));
    Instant kept = now.minus(RETENTION);
    while (dated.getFirst().at.isBefore(kept)) {
      dated.removeFirst();
    }
  }

  /** The same for an access token; false when it was made before. */
  synchronized boolean recordRevoked(Change.AccessTokenRevoked revoked) {
    if (revokedAccessTokens.contains(revoked.tokenId())) {
      return false;
    }
    revokedAccessTokens.put(revoked.tokenId(), revoked);
    record(revoked);
    return true;
  }

  synchronized void sweep(Instant before) {
    revokedAccessTokens.sweep(before);
  }

  /** Calls the subscribers; called after the step, outside of its lock. */
  void announce() {
    subscriptions.forEach(subscription -> subscription.onChange.run());
  }

  void close() {
    subscriptions.clear();
  }
}
