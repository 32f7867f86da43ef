package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The refresh token of a grant.
 *
 * @param since when the code was redeemed
 * @param replaced the tokens before it, the newest first
 * @param expiresAt when it ends unless it is used, never after the family
 * @param familyExpiresAt when it and all of its successors end
 */
record StoredToken(
    Instant since,
    SecretHash current,
    List<Replaced> replaced,
    Instant expiresAt,
    Instant familyExpiresAt) {

  /** So many uses of replaced tokens are told from theft, at the most (TR-03). */
  private static final int MAX_REPLACED = 10;

  StoredToken {
    replaced = List.copyOf(replaced);
  }

  /** A token that is not the current one any more, and since when. */
  record Replaced(SecretHash hash, Instant at) {}

  static StoredToken first(SecretHash hash, RefreshLifetime lifetime, Instant now) {
    Instant end = now.plus(lifetime.absolute());
    return new StoredToken(now, hash, List.of(), earlier(now.plus(lifetime.idle()), end), end);
  }

  StoredToken successor(SecretHash successor, Duration idle, Instant now) {
    List<Replaced> before =
        Stream.concat(Stream.of(new Replaced(current, now)), replaced.stream())
            .limit(MAX_REPLACED)
            .toList();
    Instant end = earlier(now.plus(idle), familyExpiresAt);
    return new StoredToken(since, successor, before, end, familyExpiresAt);
  }

  /** When it was issued. */
  Instant lastUsed() {
    return replaced.isEmpty() ? since : replaced.get(0).at();
  }

  boolean wasReplaced(SecretHash presented, Duration window, Instant now) {
    return replaced.stream()
        .anyMatch(old -> old.hash().matches(presented) && now.isBefore(old.at().plus(window)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
