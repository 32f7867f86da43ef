package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.spi.storage.ClientStore;

/** The clients that storage keeps: those of the operator and those that registered themselves. */
public final class RegisteredClients implements ClientDirectory {

  private final ClientStore store;

  /** The clients of that store. */
  public RegisteredClients(ClientStore store) {
    this.store = store;
  }

  @Override
  public ClientLookup find(String clientId) {
    return store
        .find(clientId)
        .<ClientLookup>map(ClientLookup.Found::new)
        .orElseGet(() -> new ClientLookup.NotFound(ClientLookup.Reason.UNKNOWN));
  }
}
