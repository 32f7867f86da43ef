package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.time.Duration;
import java.util.List;

/**
 * Replaces the sealed profiles of grants when the provider's tokens are refreshed.
 *
 * <p>A provider may end a refresh token with its first use, so of all instances only one may ask it
 * at a time: the one that holds the claim. Each replacement counts the profile's version up, and
 * whoever knows an older version changes nothing. A claim ends with its lease, so that an instance
 * that dies with it holds up nobody for long (DB-23).
 */
public interface ProfileStore {

  /**
   * Claims the right to ask the provider for new tokens.
   *
   * @param version the one that the caller knows
   * @param lease how long nobody else gets the claim; longer than a provider may take to answer
   */
  Claim claim(String grantId, long version, Duration lease);

  /**
   * Replaces the profile, ends the claim and tells the {@link ChangeFeed}.
   *
   * @return false when the version is not the current one any more, or the grant has ended; nothing
   *     was changed
   */
  boolean replace(String grantId, long version, Sealed profile);

  /** Ends a claim without new tokens; nothing happens when the version is not the current one. */
  void release(String grantId, long version);

  /**
   * Ends the grant because of what the provider said, and tells the {@link ChangeFeed}; only if
   * nobody has replaced the profile meanwhile.
   *
   * @return false when the version is not the current one any more, or the grant had ended before
   */
  boolean end(String grantId, long version, RevocationReason reason);

  /**
   * The sealed profiles of grants that have not been revoked, in the order of their grants' ids.
   *
   * @param after only grants whose id comes after this one; empty for all
   * @param limit at most so many
   */
  List<SealedProfile> list(String after, int limit);

  /**
   * Replaces the sealed form of a profile by another of the same content. It stays the same
   * version, a claim goes on, and nobody needs to be told.
   *
   * @return false when the version is not the current one any more; nothing was changed
   */
  boolean reseal(String grantId, long version, Sealed profile);

  /** A profile as it is kept. */
  record SealedProfile(String grantId, long version, Sealed sealed) {}

  /** What became of an attempt to claim. */
  sealed interface Claim {

    /** This caller, and nobody else until the lease ends, may ask the provider. */
    record Claimed(Grant grant) implements Claim {}

    /** The profile was replaced since; here is the new one. */
    record Replaced(Grant grant) implements Claim {}

    /** Another caller asks the provider now. */
    record Busy() implements Claim {}

    /** The grant is unknown or has ended. */
    record Gone() implements Claim {}
  }
}
