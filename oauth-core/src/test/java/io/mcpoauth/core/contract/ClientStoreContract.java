package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of {@link ClientStore}. */
public abstract class ClientStoreContract extends StorageRules {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration IDLE = Duration.ofDays(10);

  /** Three times as long as a client may be idle. */
  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(IDLE.multipliedBy(3), IDLE.multipliedBy(3));

  @Test
  void publicClientIsFoundAsItWasInserted() {
    assertIsKept(TestFacts.publicClient("public"));
  }

  @Test
  void confidentialClientIsFoundAsItWasInserted() {
    assertIsKept(TestFacts.confidentialClient("confidential"));
  }

  @Test
  void resourceServerIsFoundAsItWasInserted() {
    assertIsKept(TestFacts.resourceServer("resource server"));
  }

  @Test
  void signingClientIsFoundAsItWasInserted() {
    assertIsKept(TestFacts.signingClient("signing"));
  }

  @Test
  void unknownClientIsNotFound() {
    clients().insert(TestFacts.publicClient("known"));

    assertThat(clients().find("unknown")).isEmpty();
    assertThat(clients().find("")).isEmpty();
    assertThat(clients().find("KNOWN")).isEmpty();
  }

  @Test
  void clientWithTakenIdDoesNotOverwrite_DB24() {
    Client first = TestFacts.publicClient("taken");
    clients().insert(first);

    assertThat(clients().insert(TestFacts.confidentialClient("taken")))
        .isEqualTo(Insertion.ID_TAKEN);
    assertThat(clients().find("taken")).get().usingRecursiveComparison().isEqualTo(first);
  }

  @Test
  void idsThatNoClientCanHaveAreNotFound_DB19() {
    assertThat(clients().find("nul\0inside")).isEmpty();
    assertThat(clients().find("half a pair \uD83D")).isEmpty();
    assertThat(clients().find("' or 1=1 --")).isEmpty();
    assertThat(clients().find("x".repeat(100_000))).isEmpty();
  }

  @Test
  void clientIsSeenByOtherInstancesAtOnce() {
    clients().insert(TestFacts.publicClient("shared"));

    assertThat(underTest().otherInstance().clients().find("shared")).isPresent();
  }

  @Test
  void clientsAreListedInTheOrderOfTheirIds() {
    List<String> ids = List.of("!", "A", "B", "a", "b", "ä", "\uFB00", "\uD83D\uDE42");
    ids.forEach(id -> clients().insert(TestFacts.publicClient(id)));

    assertThat(clients().list("", 100)).extracting(Client::id).isEqualTo(ids);
    assertThat(clients().list("", 3)).extracting(Client::id).containsExactly("!", "A", "B");
    assertThat(clients().list("B", 2)).extracting(Client::id).containsExactly("a", "b");
    assertThat(clients().list("\uD83D\uDE42", 2)).isEmpty();
  }

  @Test
  void deletedClientTakesItsGrantsWithIt_RV11() {
    clients().insert(TestFacts.publicClient("client"));
    redeem("live", "client");
    create("waiting", "client");
    redeem("of another client", "other");

    assertThat(clients().delete("client")).isTrue();

    assertThat(clients().find("client")).isEmpty();
    assertThat(storage().grants().findUsable("live")).isEmpty();
    assertThat(storage().grants().findUsable("waiting")).isEmpty();
    assertThat(storage().grants().findUsable("of another client")).isPresent();
    assertThat(storage().changes().recent(MINUTE).changes())
        .containsOnly(new Change.GrantChanged("live"), new Change.GrantChanged("waiting"));
    assertThat(clients().delete("client")).isFalse();
    assertThat(clients().delete("nul\0")).isFalse();
  }

  @Test
  void clientWithoutGrantsCanBeDeleted() {
    clients().insert(TestFacts.confidentialClient("client"));

    assertThat(clients().delete("client")).isTrue();
    assertThat(clients().list("", 10)).isEmpty();
    assertThat(storage().changes().recent(MINUTE).changes()).isEmpty();
  }

  @Test
  void unusedClientsAreDeletedInTime_RG22() {
    clients().insert(TestFacts.publicClient("old"));
    clients().insert(TestFacts.publicClient("renewed"));
    clients().insert(TestFacts.confidentialClient("of the operator"));
    advance(DAY.minus(HOUR));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isZero();
    assertThat(clients().renew("renewed")).isTrue();
    assertThat(clients().renew("unknown")).isFalse();
    clients().insert(TestFacts.publicClient("new"));

    advance(HOUR.plus(SLACK));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isEqualTo(1);
    assertThat(clients().list("", 10))
        .extracting(Client::id)
        .containsExactly("new", "of the operator", "renewed");

    advance(IDLE.multipliedBy(2));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isEqualTo(2);
    assertThat(clients().list("", 10)).extracting(Client::id).containsExactly("of the operator");
  }

  @Test
  void clientWithARecentGrantIsNeverUnused_RG22() {
    clients().insert(TestFacts.publicClient("client"));
    create("grant", "client");
    advance(IDLE.minus(HOUR));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isZero();

    redeem("another grant", "client");
    storage().grants().revoke("another grant", RevocationReason.CLIENT_REQUEST);
    advance(IDLE.minus(HOUR));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isZero();

    advance(HOUR.plus(SLACK));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isEqualTo(1);
  }

  @Test
  void clientWithALiveGrantIsNeverUnused_RG22() {
    clients().insert(TestFacts.publicClient("client"));
    redeem("grant", "client");
    advance(IDLE.multipliedBy(2));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isZero();

    advance(IDLE.multipliedBy(2));
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isEqualTo(1);
  }

  @Test
  void notMoreThanTheLimitIsDeletedAtOnce() {
    for (int i = 0; i < 5; i++) {
      clients().insert(TestFacts.publicClient("client " + i));
    }
    advance(DAY.multipliedBy(2));

    assertThat(clients().deleteUnused(DAY, IDLE, 2)).isEqualTo(2);
    assertThat(clients().deleteUnused(DAY, IDLE, 10)).isEqualTo(3);
  }

  private void create(String grant, String client) {
    storage()
        .grants()
        .create(TestFacts.grant(grant, client), TestFacts.code("code of " + grant), MINUTE);
  }

  private void redeem(String grant, String client) {
    create(grant, client);
    storage().grants().redeem("code of " + grant, TestFacts.hash(grant), LIFETIME);
  }

  private void assertIsKept(Client client) {
    assertThat(clients().insert(client)).isEqualTo(Insertion.INSERTED);
    assertThat(clients().find(client.id())).get().usingRecursiveComparison().isEqualTo(client);
  }

  private ClientStore clients() {
    return storage().clients();
  }
}
