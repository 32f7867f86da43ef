package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.Client;
import java.util.Optional;

/** Registered clients. */
public interface ClientStore {

  /** Keeps a new client; never overwrites one. */
  Insertion insert(Client client);

  /** The client of that id. */
  Optional<Client> find(String clientId);
}
