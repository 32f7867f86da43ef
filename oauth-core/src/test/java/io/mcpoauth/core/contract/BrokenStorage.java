package io.mcpoauth.core.contract;

import io.mcpoauth.core.memory.InMemoryStorage;
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
import java.util.function.UnaryOperator;

/** The in-memory storage with one store replaced by a broken one. */
record BrokenStorage(
    Storage whole, ClientStore clients, LoginStore logins, GrantStore grants, ChangeFeed changes)
    implements Storage {

  static StorageUnderTest withClients(UnaryOperator<ClientStore> breakage) {
    return of(
        whole ->
            new BrokenStorage(
                whole,
                breakage.apply(whole.clients()),
                whole.logins(),
                whole.grants(),
                whole.changes()));
  }

  static StorageUnderTest withLogins(UnaryOperator<LoginStore> breakage) {
    return of(
        whole ->
            new BrokenStorage(
                whole,
                whole.clients(),
                breakage.apply(whole.logins()),
                whole.grants(),
                whole.changes()));
  }

  static StorageUnderTest withGrants(UnaryOperator<GrantStore> breakage) {
    return of(
        whole ->
            new BrokenStorage(
                whole,
                whole.clients(),
                whole.logins(),
                breakage.apply(whole.grants()),
                whole.changes()));
  }

  private static StorageUnderTest of(UnaryOperator<Storage> breakage) {
    MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    return StorageUnderTest.of(breakage.apply(new InMemoryStorage(clock)), clock);
  }

  @Override
  public RegistrationStore registrations() {
    return whole.registrations();
  }

  @Override
  public AssertionStore assertions() {
    return whole.assertions();
  }

  @Override
  public ProfileStore profiles() {
    return whole.profiles();
  }

  @Override
  public SessionStore sessions() {
    return whole.sessions();
  }

  @Override
  public SigningKeyStore signingKeys() {
    return whole.signingKeys();
  }

  @Override
  public AgreementStore agreements() {
    return whole.agreements();
  }

  @Override
  public boolean deleteEnded(Duration keptFor, int limit) {
    return whole.deleteEnded(keptFor, limit);
  }

  @Override
  public void ping() {
    whole.ping();
  }

  @Override
  public void close() {
    whole.close();
  }
}
