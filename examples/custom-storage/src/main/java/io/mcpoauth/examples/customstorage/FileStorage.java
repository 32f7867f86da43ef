package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.secret.Secret;
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
import io.mcpoauth.core.spi.storage.StorageFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.h2.mvstore.MVStore;

/**
 * A storage in one file, for one instance that has no database server. Everything survives a
 * restart, and a crash of the machine; a second process finds the file locked.
 */
public final class FileStorage implements Storage {

  private final MVStore store;
  private final Steps steps;
  private final FileChanges changes;
  private final FileGrants grants;
  private final FileProfiles profiles;
  private final FileClients clients;
  private final FileLogins logins;
  private final FileAssertions assertions;
  private final FileSessions sessions;
  private final SigningKeyStore signingKeys;
  private final AgreementStore agreements;

  /**
   * On an engine that is open.
   *
   * @param store must not commit by itself: what it saved in between could be half a step
   */
  FileStorage(MVStore store, InstantSource clock) {
    this.store = store;
    this.steps = new Steps(store, clock);
    this.changes = new FileChanges(store, steps);
    this.grants = new FileGrants(store, steps, changes);
    this.profiles = new FileProfiles(steps, changes, grants);
    this.clients = new FileClients(store, steps, changes, grants);
    this.logins = new FileLogins(store, steps);
    this.assertions = new FileAssertions(store, steps);
    this.sessions = new FileSessions(store, steps);
    this.signingKeys = new FileSigningKeys(store, steps);
    this.agreements = new FileAgreements(store, steps);
    // The shelves themselves, so that no failing step takes them away.
    store.commit();
  }

  /**
   * Opens the file, and makes it if it is not there.
   *
   * @param clock judges expiry
   * @throws org.h2.mvstore.MVStoreException when another process has it, or it is no such file
   */
  public static FileStorage open(Path file, InstantSource clock) {
    return new FileStorage(
        new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open(), clock);
  }

  // snippet: factory
  /** Reads {@code FILES_PATH}. */
  public static final class Factory implements StorageFactory {

    @Override
    public String id() {
      return "files";
    }

    @Override
    public Storage open(Map<String, Secret> settings, InstantSource clock) {
      Secret path = settings.get("PATH");
      if (path == null) {
        throw new IllegalArgumentException("FILES_PATH is missing");
      }
      return FileStorage.open(Path.of(path.expose()), clock);
    }
  }

  // end snippet: factory

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
    return profiles;
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

  /** All kinds in one step, so that one caller works at a time. */
  @Override
  public boolean deleteEnded(Duration keptFor, int limit) {
    return steps.write(
        now -> {
          Instant before = now.minus(keptFor);
          boolean more = grants.deleteEnded(before, limit);
          more |= logins.deleteEnded(before, limit);
          more |= assertions.deleteEnded(before, limit);
          more |= sessions.deleteEnded(before, limit);
          more |= changes.deleteEnded(before, limit);
          return more;
        });
  }

  @Override
  public void ping() {
    steps.read(now -> store.getCurrentVersion());
  }

  @Override
  public void close() {
    changes.close();
    store.close();
  }
}
