package io.mcpoauth.core.contract;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A client store that is right until a method is overridden. */
class DelegatingClientStore implements ClientStore {

  private final ClientStore store;

  DelegatingClientStore(ClientStore store) {
    this.store = store;
  }

  @Override
  public Insertion insert(Client client) {
    return store.insert(client);
  }

  @Override
  public Optional<Client> find(String clientId) {
    return store.find(clientId);
  }

  @Override
  public List<Client> list(String after, int limit) {
    return store.list(after, limit);
  }

  @Override
  public boolean renew(String clientId) {
    return store.renew(clientId);
  }

  @Override
  public boolean delete(String clientId) {
    return store.delete(clientId);
  }

  @Override
  public int deleteUnused(Duration neverUsedFor, Duration idleFor, int limit) {
    return store.deleteUnused(neverUsedFor, idleFor, limit);
  }
}
