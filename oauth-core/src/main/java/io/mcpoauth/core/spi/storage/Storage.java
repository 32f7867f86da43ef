package io.mcpoauth.core.spi.storage;

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
  EncryptionKeyStore encryptionKey();

  /** What instances must hear of quickly. */
  ChangeFeed changes();

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
