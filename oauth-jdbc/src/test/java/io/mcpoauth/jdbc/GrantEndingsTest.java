package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.storage.GrantSelection.Made;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ends of grants among very many. */
class GrantEndingsTest {

  private static final Made LONG_AGO = new Made(Duration.ofDays(30));

  private final TestDatabase database = TestPostgres.migratedDatabase();
  private final PostgresStorage storage = PostgresStorage.connect(database.dsn(), 2);

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void fewOldGrantsAreFoundAmongManyYoungOnes() {
    database.execute(
        """
        insert into mcp_oauth.grants (
          id, client_id, user_id, provider, scopes, resource, sealed_profile, created_at)
        select
          'grant ' || to_char(n, 'FM00000'), 'client', 'user', 'provider', '{}',
          'https://mcp.example', '',
          now() - case when n in (7, 11111) then interval '60 days' else interval '0' end
        from generate_series(1, 12000) n
        """);

    assertThat(end("")).containsExactly("grant 00007");
    assertThat(end("grant 00007")).containsExactly("grant 11111");
    assertThat(end("grant 11111")).isEmpty();
    assertThat(end("")).isEmpty();
  }

  private List<String> end(String after) {
    return storage.grants().endAll(LONG_AGO, RevocationReason.OPERATOR_REQUEST, after, 500).stream()
        .map(Grant::id)
        .toList();
  }
}
