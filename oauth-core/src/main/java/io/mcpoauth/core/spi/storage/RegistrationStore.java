package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.SecretHash;
import java.util.List;
import java.util.Optional;

/**
 * Clients of the {@link ClientStore} that manage their registration themselves (RFC 7592): whoever
 * holds the registration access token. Storage keeps its hash, and no verb does anything where the
 * presented hash is another one.
 */
public interface RegistrationStore {

  /** Keeps a new client with its token; never overwrites one. */
  Insertion insert(Client client, SecretHash accessToken);

  /** The client of that id and token. */
  Optional<Client> find(String clientId, SecretHash accessToken);

  /**
   * Replaces a client, all but its origin and the time of its creation, and its token.
   *
   * @return false when there is no client of that id and token; nothing was changed
   */
  boolean replace(Client client, SecretHash accessToken, SecretHash successor);

  /**
   * As {@link ClientStore#delete}.
   *
   * @return the grants that ended with it, such as {@link GrantStore#endAll} tells; empty when
   *     there is no client of that id and token, and nothing was changed
   */
  Optional<List<Grant>> delete(String clientId, SecretHash accessToken);
}
