package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import org.junit.jupiter.api.Test;

/** Rules of {@link ClientStore}. */
public abstract class ClientStoreContract extends StorageRules {

  @Test
  void publicClientIsFoundAsItWasInserted() {
    assertIsKept(TestFacts.publicClient("public"));
  }

  @Test
  void confidentialClientIsFoundAsItWasInserted() {
    assertIsKept(TestFacts.confidentialClient("confidential"));
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

  private void assertIsKept(Client client) {
    assertThat(clients().insert(client)).isEqualTo(Insertion.INSERTED);
    assertThat(clients().find(client.id())).get().usingRecursiveComparison().isEqualTo(client);
  }

  private ClientStore clients() {
    return storage().clients();
  }
}
