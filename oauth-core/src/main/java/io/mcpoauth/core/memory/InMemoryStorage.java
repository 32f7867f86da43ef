package io.mcpoauth.core.memory;

import io.mcpoauth.core.spi.storage.AgreementStore;
import io.mcpoauth.core.spi.storage.AssertionStore;
import io.mcpoauth.core.spi.storage.ChangeFeed;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.LoginStore;
import io.mcpoauth.core.spi.storage.ProfileStore;
import io.mcpoauth.core.spi.storage.RegistrationStore;
import io.mcpoauth.core.spi.storage.SessionStore;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A storage for one process, lost with it: for tests, trials and as the reference of what each verb
 * means. Safe for use by many threads; nothing in it blocks for long.
 */
public final class InMemoryStorage implements Storage {

  private final InMemoryClients clients;
  private final InstantSource clock;
  private final InMemoryAssertions assertions;
  private final InMemoryLogins logins;
  private final InMemoryGrants grants;
  private final InMemorySessions sessions;
  private final SigningKeyStore signingKeys;
  private final AgreementStore agreements = new InMemoryAgreements();
  private final InMemoryChanges changes;

  /**
   * An empty storage.
   *
   * @param clock judges expiry
   */
  public InMemoryStorage(InstantSource clock) {
    this.clock = clock;
    this.changes = new InMemoryChanges(clock);
    this.assertions = new InMemoryAssertions(clock);
    this.logins = new InMemoryLogins(clock);
    this.grants = new InMemoryGrants(clock, changes);
    this.clients = new InMemoryClients(clock, grants);
    this.sessions = new InMemorySessions(clock);
    this.signingKeys = new InMemorySigningKeys(clock);
  }

  @Override
  public ClientStore clients() {
    return clients;
  }

  @Override
  public RegistrationStore registrations() {
    return clients;
  }

  @Override
  public AssertionStore assertions() {
    return assertions;
  }

  @Override
  public LoginStore logins() {
    return logins;
  }

  @Override
  public GrantStore grants() {
    return grants;
  }

  @Override
  public ProfileStore profiles() {
    return grants;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public SigningKeyStore signingKeys() {
    return signingKeys;
  }

  @Override
  public AgreementStore agreements() {
    return agreements;
  }

  @Override
  public ChangeFeed changes() {
    return changes;
  }

  /** All at once: there is no other instance, and no lock that lasts. */
  @Override
  public boolean deleteEnded(Duration keptFor, int limit) {
    Instant before = clock.instant().minus(keptFor);
    assertions.deleteEnded(before);
    logins.deleteEnded(before);
    sessions.deleteEnded(before);
    grants.deleteEnded(before);
    return false;
  }

  /** Always answers. */
  @Override
  public void ping() {}

  /** Ends all subscriptions; the facts stay readable. */
  @Override
  public void close() {
    changes.close();
  }
}
