package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.spi.storage.ChangeFeed.Change.AccessTokenRevoked;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The access tokens that were revoked one by one, each until it has expired. Nothing drops one
 * before that, since it would be let in again (RV-01); what bounds them is the rate at which
 * clients may revoke. Safe for use by several threads.
 */
final class RevokedTokens {

  /** Clocks of storage may disagree, as after a failover. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final ConcurrentMap<String, Instant> expiries = new ConcurrentHashMap<>();
  private volatile Instant lastSweep = Instant.MIN;

  void add(AccessTokenRevoked revoked) {
    expiries.put(revoked.tokenId(), revoked.expiresAt());
  }

  boolean contain(String tokenId) {
    return expiries.containsKey(tokenId);
  }

  /** A look at all of them, and so not each time when it is called. */
  void forgetExpired(Instant now) {
    if (now.isAfter(lastSweep.plus(BETWEEN_SWEEPS)) || now.isBefore(lastSweep)) {
      lastSweep = now;
      Instant bound = now.minus(MARGIN);
      expiries.values().removeIf(expiresAt -> !expiresAt.isAfter(bound));
    }
  }
}
