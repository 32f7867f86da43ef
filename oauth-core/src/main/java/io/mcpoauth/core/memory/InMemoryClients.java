package io.mcpoauth.core.memory;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Clients by id. */
final class InMemoryClients implements ClientStore {

  private final ConcurrentMap<String, Client> byId = new ConcurrentHashMap<>();

  @Override
  public Insertion insert(Client client) {
    return byId.putIfAbsent(client.id(), client) == null ? Insertion.INSERTED : Insertion.ID_TAKEN;
  }

  @Override
  public Optional<Client> find(String clientId) {
    return Optional.ofNullable(byId.get(clientId));
  }
}
