package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.RegistrationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** Clients by id. */
final class FileClients implements ClientStore, RegistrationStore {

  private static final Comparator<String> BY_CODE_POINTS =
      (one, other) -> Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

  private final Steps steps;
  private final FileChanges changes;
  private final FileGrants grants;
  private final Shelf<StoredClient> clients;

  /**
   * One client.
   *
   * @param accessToken null when its holder does not manage it
   * @param renewedAt when it was last registered
   */
  private record StoredClient(Client client, @Nullable SecretHash accessToken, Instant renewedAt) {

    boolean isManagedWith(SecretHash presented) {
      return accessToken != null && accessToken.matches(presented);
    }

    boolean isOld(Instant limit) {
      return client.origin() == Client.Origin.DYNAMIC && !renewedAt.isAfter(limit);
    }
  }

  FileClients(MVStore store, Steps steps, FileChanges changes, FileGrants grants) {
    this.steps = steps;
    this.changes = changes;
    this.grants = grants;
    this.clients = new Shelf<>(store, "clients", StoredClient.class);
  }

  @Override
  public Insertion insert(Client client) {
    return steps.write(now -> insert(new StoredClient(client, null, now)));
  }

  @Override
  public Insertion insert(Client client, SecretHash accessToken) {
    return steps.write(now -> insert(new StoredClient(client, accessToken, now)));
  }

  @Override
  public Optional<Client> find(String clientId) {
    return steps.read(now -> Optional.ofNullable(clients.get(clientId)).map(StoredClient::client));
  }

  @Override
  public Optional<Client> find(String clientId, SecretHash accessToken) {
    return steps.read(now -> managed(clientId, accessToken).map(StoredClient::client));
  }

  @Override
  public List<Client> list(String after, int limit) {
    return steps.read(
        now ->
            clients
                .all()
                .map(StoredClient::client)
                .filter(client -> BY_CODE_POINTS.compare(client.id(), after) > 0)
                .sorted(Comparator.comparing(Client::id, BY_CODE_POINTS))
                .limit(limit)
                .toList());
  }

  @Override
  public boolean renew(String clientId) {
    return steps.write(
        now -> {
          StoredClient known = clients.get(clientId);
          return known != null && put(new StoredClient(known.client(), known.accessToken(), now));
        });
  }

  @Override
  public boolean replace(Client client, SecretHash accessToken, SecretHash successor) {
    return steps.write(
        now ->
            managed(client.id(), accessToken)
                .map(known -> put(new StoredClient(client, successor, known.renewedAt())))
                .orElse(false));
  }

  @Override
  public boolean delete(String clientId) {
    return delete(clientId, client -> true).isPresent();
  }

  @Override
  public Optional<List<Grant>> delete(String clientId, SecretHash accessToken) {
    return delete(clientId, client -> client.isManagedWith(accessToken));
  }

  @Override
  public int deleteUnused(Duration neverUsedFor, Duration idleFor, int limit) {
    return steps.write(
        now -> {
          Set<String> inUse = grants.clientsInUse(now);
          List<String> unused =
              clients
                  .all()
                  .filter(client -> client.isOld(now.minus(neverUsedFor)))
                  .map(client -> client.client().id())
                  .filter(id -> !inUse.contains(id))
                  .filter(id -> !grants.wasUsedSince(id, now.minus(idleFor)))
                  .limit(limit)
                  .toList();
          unused.forEach(clients::remove);
          unused.forEach(grants::forgetUsesOf);
          return unused.size();
        });
  }

  private Optional<List<Grant>> delete(String clientId, Predicate<StoredClient> condition) {
    Optional<List<Grant>> ended =
        steps.write(
            now -> {
              StoredClient known = clients.get(clientId);
              if (known == null || !condition.test(known)) {
                return Optional.empty();
              }
              clients.remove(clientId);
              return Optional.of(grants.endAllOf(clientId, now));
            });
    changes.tellIf(ended.isPresent());
    return ended;
  }

  private Insertion insert(StoredClient client) {
    if (clients.contains(client.client().id())) {
      return Insertion.ID_TAKEN;
    }
    put(client);
    return Insertion.INSERTED;
  }

  private boolean put(StoredClient client) {
    clients.put(client.client().id(), client);
    return true;
  }

  private Optional<StoredClient> managed(String clientId, SecretHash accessToken) {
    return Optional.ofNullable(clients.get(clientId))
        .filter(client -> client.isManagedWith(accessToken));
  }
}
