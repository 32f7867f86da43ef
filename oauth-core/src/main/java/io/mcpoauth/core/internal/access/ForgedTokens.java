package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import io.mcpoauth.core.internal.keys.AccessTokens;
import io.mcpoauth.core.internal.limit.RateLimiter;
import io.mcpoauth.core.limit.RateLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what tokens with wrong signatures cost (DS-08). To find one out takes a millisecond, a
 * thousand times what the rest of a request takes, so whoever sends them in numbers could use up
 * the machine. Only failures count: who holds good tokens uses nothing up.
 */
public final class ForgedTokens {

  /** A fifth of one processor's time or a little more, all sources together. */
  private static final RateLimit ALL = new RateLimit(200, Duration.ofSeconds(1));

  private static final String EVERYBODY = "everybody";

  private final RateLimiter ofSources;
  private final RateLimiter ofAll;

  /**
   * A bound.
   *
   * @param limit how many one source may send; where it is none, all may send as many as they like
   */
  public ForgedTokens(RateLimit limit, InstantSource clock) {
    this.ofSources = new RateLimiter(limit, clock);
    this.ofAll = new RateLimiter(limit.isNone() ? limit : ALL, clock);
  }

  /** What became of a token. */
  sealed interface Verification {}

  /** This server signed it. */
  record Genuine(AccessTokenClaims claims) implements Verification {}

  /** Nobody of ours signed it. */
  record Forged() implements Verification {}

  /**
   * It was not looked at, since too many forged ones came before it.
   *
   * @param retryAfter null where others than its source are to blame
   */
  record Unseen(@Nullable Duration retryAfter) implements Verification {}

  /**
   * Verifies a token, unless too many were forged.
   *
   * @param source who sent it, to be told apart by {@code equals}; null where nobody can say
   */
  Verification verify(AccessTokens.Unverified token, @Nullable Supplier<?> source) {
    Object sender = source == null ? null : source.get();
    Optional<Unseen> refusal = refusal(sender);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<AccessTokenClaims> claims = token.verify();
    if (claims.isPresent()) {
      return new Genuine(claims.get());
    }
    count(sender);
    return new Forged();
  }

  /** Why a token of that sender is not looked at; empty when it may be. */
  Optional<Unseen> refusal(@Nullable Object sender) {
    Optional<Duration> wait = sender == null ? Optional.empty() : ofSources.look(sender);
    if (wait.isPresent()) {
      return wait.map(Unseen::new);
    }
    return ofAll.look(EVERYBODY).map(others -> new Unseen(null));
  }

  /** Takes note of one that nobody signed. */
  void count(@Nullable Object sender) {
    var unused = ofAll.take(EVERYBODY);
    if (sender != null) {
      unused = ofSources.take(sender);
    }
  }
}
