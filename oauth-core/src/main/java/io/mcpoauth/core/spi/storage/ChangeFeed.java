package io.mcpoauth.core.spi.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Changes that must reach every instance within a second: it is what lets a request be served
 * without asking storage.
 */
public interface ChangeFeed {

  /**
   * All changes whose commit may have become visible within that time, in any order. A change may
   * be told many times, but is never left out.
   *
   * @param window longer than any transaction of this storage may take
   */
  Changes recent(Duration window);

  /**
   * What an instance has to hear that begins now: all access tokens that were revoked and have not
   * expired, in any order. It has read no grant, so it hears of none.
   */
  Changes revokedAccessTokens();

  /**
   * Calls back soon after a change was committed anywhere, as a hint to ask {@link #recent}. Best
   * effort: hints may be lost, doubled, or never come.
   *
   * @param onChange returns at once and throws nothing
   * @return ends the calls
   */
  AutoCloseable subscribe(Runnable onChange);

  /**
   * What changed.
   *
   * @param changes in any order
   * @param storageTime storage's clock at the time of the answer
   */
  record Changes(List<Change> changes, Instant storageTime) {

    /** Copies the list. */
    public Changes {
      changes = List.copyOf(changes);
    }
  }

  /** One change. */
  sealed interface Change {

    /** A grant was revoked, or its profile or provider tokens were replaced. */
    record GrantChanged(String grantId) implements Change {}

    /**
     * One access token was revoked.
     *
     * @param expiresAt when it would have expired, which makes the change meaningless
     */
    record AccessTokenRevoked(String tokenId, Instant expiresAt) implements Change {}
  }
}
