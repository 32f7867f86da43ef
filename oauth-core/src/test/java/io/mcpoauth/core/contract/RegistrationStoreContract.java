package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.RegistrationStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of {@link RegistrationStore}. */
public abstract class RegistrationStoreContract extends StorageRules {

  private static final SecretHash TOKEN = TestFacts.hash("token");
  private static final SecretHash NEXT = TestFacts.hash("next");

  @Test
  void clientIsFoundWithItsToken() {
    Client client = TestFacts.publicClient("client");
    assertThat(registrations().insert(client, TOKEN)).isEqualTo(Insertion.INSERTED);

    assertThat(registrations().find("client", TOKEN))
        .get()
        .usingRecursiveComparison()
        .isEqualTo(client);
    assertThat(storage().clients().find("client")).isPresent();
    assertThat(underTest().otherInstance().registrations().find("client", TOKEN)).isPresent();
  }

  @Test
  void clientIsNotFoundWithAnotherToken() {
    registrations().insert(TestFacts.publicClient("client"), TOKEN);
    registrations().insert(TestFacts.publicClient("other"), NEXT);

    assertThat(registrations().find("client", NEXT)).isEmpty();
    assertThat(registrations().find("unknown", TOKEN)).isEmpty();
    assertThat(registrations().find("nul\0", TOKEN)).isEmpty();
  }

  @Test
  void clientsWithoutATokenAreNotManaged() {
    Client client = TestFacts.confidentialClient("client");
    storage().clients().insert(client);

    assertThat(registrations().find("client", TOKEN)).isEmpty();
    assertThat(registrations().replace(client, TOKEN, NEXT)).isFalse();
    assertThat(registrations().delete("client", TOKEN)).isEmpty();
    assertThat(storage().clients().find("client")).isPresent();
  }

  @Test
  void clientWithTakenIdDoesNotOverwrite_DB24() {
    registrations().insert(TestFacts.publicClient("client"), TOKEN);

    assertThat(registrations().insert(TestFacts.publicClient("client"), NEXT))
        .isEqualTo(Insertion.ID_TAKEN);
    assertThat(registrations().find("client", TOKEN)).isPresent();
  }

  @Test
  void replacementTakesANewToken() {
    registrations().insert(TestFacts.publicClient("client"), TOKEN);
    Client changed = TestFacts.renamed(TestFacts.publicClient("client"), "Another name");

    assertThat(registrations().replace(changed, NEXT, TOKEN)).isFalse();
    assertThat(registrations().replace(changed, TOKEN, NEXT)).isTrue();

    assertThat(registrations().find("client", TOKEN)).isEmpty();
    assertThat(registrations().find("client", NEXT))
        .get()
        .usingRecursiveComparison()
        .isEqualTo(changed);
    assertThat(registrations().replace(changed, TOKEN, NEXT)).isFalse();
  }

  @Test
  void deletedClientTakesItsGrantsWithIt_RV11() {
    registrations().insert(TestFacts.publicClient("client"), TOKEN);
    Grant grant = TestFacts.grant("grant", "client");
    storage().grants().create(grant, TestFacts.code("code"), MINUTE);

    assertThat(registrations().delete("client", NEXT)).isEmpty();
    assertThat(storage().grants().findUsable("grant")).isPresent();
    assertThat(registrations().delete("client", TOKEN).orElseThrow())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(grant);

    assertThat(storage().clients().find("client")).isEmpty();
    assertThat(storage().grants().findUsable("grant")).isEmpty();
    assertThat(storage().changes().recent(MINUTE).changes())
        .containsOnly(new Change.GrantChanged("grant"));
    assertThat(registrations().delete("client", TOKEN)).isEmpty();
  }

  @Test
  void deletionTellsNoGrantsThatHadEnded() {
    registrations().insert(TestFacts.publicClient("client"), TOKEN);
    storage().grants().create(TestFacts.grant("grant", "client"), TestFacts.code("code"), MINUTE);
    storage().grants().create(TestFacts.grant("alien", "other"), TestFacts.code("alien"), MINUTE);
    storage().grants().revoke("grant", RevocationReason.USER_REQUEST);

    assertThat(registrations().delete("client", TOKEN)).contains(List.of());
    assertThat(storage().grants().findUsable("alien")).isPresent();
  }

  private RegistrationStore registrations() {
    return storage().registrations();
  }
}
