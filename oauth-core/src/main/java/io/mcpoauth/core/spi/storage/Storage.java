package io.mcpoauth.core.spi.storage;

import java.time.Duration;

/**
 * Everything that the authorization server keeps.
 *
 * <p>Rules that hold for all stores:
 *
 * <ul>
 *   <li>Every method that changes something is one atomic step: when two callers race, on any
 *       number of instances, the outcome is as if one came after the other.
 *   <li>A change is durable before the method returns.
 *   <li>Storage's clock alone judges expiry; callers pass lifetimes, never instants.
 *   <li>Methods are called by many threads at once and may block, but never longer than a bound (a
 *       few seconds) before they throw {@link StorageException}.
 *   <li>Byte arrays and hashes are kept as they are; nothing is logged.
 * </ul>
 *
 * The contract kit in the test-jar of oauth-core checks these rules against an implementation.
 */
public interface Storage extends AutoCloseable {

  /** Registered clients. */
  ClientStore clients();

  /** The same clients, as far as they manage their registration themselves. */
  RegistrationStore registrations();

  /** Client assertions that were used. */
  AssertionStore assertions();

  /** Logins that wait for the user to come back from the provider. */
  LoginStore logins();

  /** Grants with their codes and refresh tokens. */
  GrantStore grants();

  /** The sealed profiles of grants, as far as they change. */
  ProfileStore profiles();

  /** Sessions of users in browsers. */
  SessionStore sessions();

  /** Keys that sign access tokens. */
  SigningKeyStore signingKeys();

  /** Which encryption key everything else is sealed with. */
  AgreementStore agreements();

  /** What instances must hear of quickly. */
  ChangeFeed changes();

  /**
   * Removes for good what ended longer ago than that: logins, used assertions, grants with their
   * codes, revoked access tokens, and changes that the feed has told. What lives is never removed,
   * and a client that was used stays as used as it was ({@link ClientStore#deleteUnused}).
   *
   * <p>One caller works at a time, on any number of instances; whoever else calls changes nothing.
   * Nobody waits for locks of this verb for longer than for those of the others. Storage may count
   * in whole days and keep things for a day longer.
   *
   * @param keptFor longer than any access token lives, so that its revocation outlives it
   * @param limit the most that are removed of each kind
   * @return whether there may be more
   */
  boolean deleteEnded(Duration keptFor, int limit);

  /**
   * Returns when storage answers.
   *
   * @throws StorageException when it does not
   */
  void ping();

  /** Lets go of connections and threads. Throws nothing. */
  @Override
  void close();
}
