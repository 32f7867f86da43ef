package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator finds in the database about a grant that has ended. */
class RevocationReasonTest {

  private final TestDatabase database = TestPostgres.migratedDatabase();

  @Test
  void grantThatEndsWithARefreshTellsWhy_UP26() {
    try (PostgresStorage storage = PostgresStorage.connect(database.dsn(), 2)) {
      storage
          .grants()
          .create(TestFacts.grant("grant"), TestFacts.code("code"), Duration.ofMinutes(1));

      assertThat(storage.profiles().end("grant", 0, RevocationReason.NOT_ALLOWED)).isTrue();
    }
    assertThat(database.text("select revocation_reason from mcp_oauth.grants"))
        .isEqualTo("NOT_ALLOWED");
  }
}
