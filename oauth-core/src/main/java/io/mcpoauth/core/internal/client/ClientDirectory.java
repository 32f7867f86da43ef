package io.mcpoauth.core.internal.client;

/** Where a client is found by its id, whoever keeps it. Safe for use by several threads. */
public interface ClientDirectory extends AutoCloseable {

  /** The client of that id. */
  ClientLookup find(String clientId);

  /**
   * The client of that id, when the caller has seen a revision of it: a copy that differs from that
   * revision is compared with its source again before it is answered. Instances that keep copies of
   * their own so come to agree.
   *
   * @param revision what {@link io.mcpoauth.core.model.Client#revision} was
   */
  default ClientLookup find(String clientId, String revision) {
    return find(clientId);
  }

  /** Ends background work. */
  @Override
  default void close() {}
}
