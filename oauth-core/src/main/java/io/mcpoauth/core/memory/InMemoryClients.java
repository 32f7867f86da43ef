package io.mcpoauth.core.memory;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.RegistrationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Clients by id, behind the lock of the grants: some verbs concern both. */
final class InMemoryClients implements ClientStore, RegistrationStore {

  private final InstantSource clock;
  private final InMemoryGrants grants;
  private final TreeMap<String, Entry> byId = new TreeMap<>(InMemoryClients::compareCodePoints);

  InMemoryClients(InstantSource clock, InMemoryGrants grants) {
    this.clock = clock;
    this.grants = grants;
  }

  /**
   * One client.
   *
   * @param accessToken null when it is not managed by its holder
   */
  private record Entry(Client client, @Nullable SecretHash accessToken, Instant renewedAt) {

    boolean hasRegisteredItself() {
      return client.origin() == Client.Origin.DYNAMIC;
    }

    boolean isManagedWith(SecretHash presented) {
      return accessToken != null && accessToken.matches(presented);
    }
  }

  @Override
  public Insertion insert(Client client) {
    return insert(new Entry(client, null, clock.instant()));
  }

  @Override
  public Insertion insert(Client client, SecretHash accessToken) {
    return insert(new Entry(client, accessToken, clock.instant()));
  }

  @Override
  public Optional<Client> find(String clientId) {
    synchronized (grants) {
      return Optional.ofNullable(byId.get(clientId)).map(Entry::client);
    }
  }

  @Override
  public Optional<Client> find(String clientId, SecretHash accessToken) {
    synchronized (grants) {
      return managed(clientId, accessToken).map(Entry::client);
    }
  }

  @Override
  public List<Client> list(String after, int limit) {
    synchronized (grants) {
      return byId.tailMap(after, false).values().stream().limit(limit).map(Entry::client).toList();
    }
  }

  @Override
  public boolean renew(String clientId) {
    synchronized (grants) {
      return byId.computeIfPresent(
              clientId, (id, entry) -> new Entry(entry.client, entry.accessToken, clock.instant()))
          != null;
    }
  }

  @Override
  public boolean replace(Client client, SecretHash accessToken, SecretHash successor) {
    synchronized (grants) {
      return managed(client.id(), accessToken)
          .map(entry -> byId.put(client.id(), new Entry(client, successor, entry.renewedAt)))
          .isPresent();
    }
  }

  @Override
  public boolean delete(String clientId) {
    return delete(clientId, entry -> true).isPresent();
  }

  @Override
  public Optional<List<Grant>> delete(String clientId, SecretHash accessToken) {
    return delete(clientId, entry -> entry.isManagedWith(accessToken));
  }

  @Override
  public int deleteUnused(Duration neverUsedFor, Duration idleFor, int limit) {
    synchronized (grants) {
      Instant now = clock.instant();
      List<String> unused =
          byId.values().stream()
              .filter(Entry::hasRegisteredItself)
              .filter(entry -> !entry.renewedAt.isAfter(now.minus(neverUsedFor)))
              .map(entry -> entry.client.id())
              .filter(id -> !grants.isInUse(id, now.minus(idleFor)))
              .limit(limit)
              .toList();
      unused.forEach(this::remove);
      return unused.size();
    }
  }

  private Insertion insert(Entry entry) {
    synchronized (grants) {
      return byId.putIfAbsent(entry.client.id(), entry) == null
          ? Insertion.INSERTED
          : Insertion.ID_TAKEN;
    }
  }

  private Optional<List<Grant>> delete(String clientId, Predicate<Entry> condition) {
    List<Grant> ended;
    synchronized (grants) {
      Entry entry = byId.get(clientId);
      if (entry == null || !condition.test(entry)) {
        return Optional.empty();
      }
      remove(clientId);
      ended = grants.endAllOf(clientId);
    }
    grants.announce();
    return Optional.of(ended);
  }

  private Optional<Entry> managed(String clientId, SecretHash accessToken) {
    return Optional.ofNullable(byId.get(clientId))
        .filter(entry -> entry.isManagedWith(accessToken));
  }

  private void remove(String clientId) {
    byId.remove(clientId);
    grants.forgetUsesOf(clientId);
  }

  /** Not that of {@link String}, which puts some characters beyond 16 bits before others. */
  private static int compareCodePoints(String one, String other) {
    int[] left = one.codePoints().toArray();
    int[] right = other.codePoints().toArray();
    return Arrays.compare(left, right);
  }
}
