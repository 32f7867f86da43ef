package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.storage.AssertionStore;
import org.junit.jupiter.api.Test;

/** Rules of {@link AssertionStore}. */
public abstract class AssertionStoreContract extends StorageRules {

  @Test
  void assertionIsUsedOnce_CA13() {
    assertThat(assertions().remember("client", "id", HOUR)).isTrue();

    assertThat(assertions().remember("client", "id", HOUR)).isFalse();
    assertThat(assertions().remember("client", "id", MINUTE)).isFalse();
  }

  @Test
  void otherInstanceKnowsAtOnce_CA13() {
    assertThat(assertions().remember("client", "id", HOUR)).isTrue();

    assertThat(underTest().otherInstance().assertions().remember("client", "id", HOUR)).isFalse();
  }

  @Test
  void idsOfOtherClientsAreOtherIds() {
    assertThat(assertions().remember("client", "id", HOUR)).isTrue();

    assertThat(assertions().remember("other", "id", HOUR)).isTrue();
    assertThat(assertions().remember("client", "ID", HOUR)).isTrue();
    assertThat(assertions().remember("clien", "tid", HOUR)).isTrue();
    assertThat(assertions().remember("clienti", "d", HOUR)).isTrue();
  }

  @Test
  void assertionIsRememberedForItsLifetime() {
    assertThat(assertions().remember("client", "id", HOUR)).isTrue();
    advance(HOUR.minus(SLACK));
    assertThat(assertions().remember("client", "id", HOUR)).isFalse();

    advance(SLACK.plus(SLACK));
    assertThat(assertions().remember("client", "id", HOUR)).isTrue();
    assertThat(assertions().remember("client", "id", HOUR)).isFalse();
  }

  @Test
  void longIdsAreRememberedAsWell() {
    String client = "https://client.example/" + "c".repeat(2_000);
    String id = "ü🙂'--".repeat(200);

    assertThat(assertions().remember(client, id, HOUR)).isTrue();
    assertThat(assertions().remember(client, id, HOUR)).isFalse();
    assertThat(assertions().remember(client, id + "x", HOUR)).isTrue();
  }

  private AssertionStore assertions() {
    return storage().assertions();
  }
}
