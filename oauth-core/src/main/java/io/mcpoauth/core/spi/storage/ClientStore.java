package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.Client;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Registered clients. */
public interface ClientStore {

  /** Keeps a new client; never overwrites one. */
  Insertion insert(Client client);

  /** The client of that id. */
  Optional<Client> find(String clientId);

  /**
   * Clients in the order of their ids, code point by code point.
   *
   * @param after the last id that the caller has seen; empty for the first clients
   * @param limit the most that are answered
   */
  List<Client> list(String after, int limit);

  /**
   * Begins anew to count how long a client has not been used: somebody registered it again.
   *
   * @return false when there is no such client
   */
  boolean renew(String clientId);

  /**
   * Removes a client, ends all of its grants and tells the {@link ChangeFeed}, in one step (RV-11).
   *
   * @return false when there is no such client
   */
  boolean delete(String clientId);

  /**
   * Removes clients that registered themselves and that nobody uses. A client of the operator's, or
   * one with a live or recent grant, is never removed: it would be asked for again and again.
   *
   * @param neverUsedFor since it was inserted or renewed
   * @param idleFor since a grant of it was last made, redeemed or refreshed
   * @param limit the most that are removed
   * @return how many were removed; less than the limit when there are no more
   */
  int deleteUnused(Duration neverUsedFor, Duration idleFor, int limit);
}
