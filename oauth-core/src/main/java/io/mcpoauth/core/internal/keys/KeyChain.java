package io.mcpoauth.core.internal.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * The chain of signing keys as it was read at one moment; from then on they age by this instance's
 * clock. Immutable.
 *
 * @param links the oldest first
 */
record KeyChain(List<Link> links, Instant readAt) {

  static final KeyChain UNREAD = new KeyChain(List.of(), Instant.MIN);

  KeyChain {
    links = List.copyOf(links);
  }

  /**
   * One key.
   *
   * @param key null when no encryption key of this instance opens it
   * @param age at the time of reading
   */
  record Link(String kid, @Nullable PublicJsonWebKey key, Duration age) {}

  /** Whether there is a key that could sign. */
  boolean isUsable() {
    return links.stream().anyMatch(link -> link.key() != null);
  }

  /** The newest key that has been published for long enough; failing that, the oldest. */
  Optional<PublicJsonWebKey> signing(Instant now) {
    PublicJsonWebKey signing = null;
    for (Link link : links) {
      if (link.key() != null && (signing == null || KeySchedule.isInUse(age(link, now)))) {
        signing = link.key();
      }
    }
    return Optional.ofNullable(signing);
  }

  /** The keys of which a token may be alive, and those that will sign. */
  List<PublicJsonWebKey> published(KeySchedule schedule, Instant now) {
    return links.subList(firstNeeded(schedule, now), links.size()).stream()
        .map(Link::key)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Whether a new key should follow the newest. */
  boolean isDue(KeySchedule schedule, Instant now) {
    return !links.isEmpty() && schedule.isDue(age(links.get(links.size() - 1), now));
  }

  /** The newest key, usable or not. */
  @Nullable String newest() {
    return links.isEmpty() ? null : links.get(links.size() - 1).kid();
  }

  /** The oldest key that is still needed, where older ones are kept; empty otherwise. */
  Optional<String> endOfPast(KeySchedule schedule, Instant now) {
    int first = firstNeeded(schedule, now);
    return first == 0 ? Optional.empty() : Optional.of(links.get(first).kid());
  }

  private int firstNeeded(KeySchedule schedule, Instant now) {
    int first = 0;
    for (int i = 1; i < links.size(); i++) {
      if (schedule.endsPredecessor(age(links.get(i), now))) {
        first = i;
      }
    }
    return first;
  }

  private Duration age(Link link, Instant now) {
    return now.isBefore(readAt) ? link.age() : link.age().plus(Duration.between(readAt, now));
  }
}
