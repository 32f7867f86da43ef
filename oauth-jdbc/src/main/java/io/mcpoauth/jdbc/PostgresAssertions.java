package io.mcpoauth.jdbc;

import io.mcpoauth.core.spi.storage.AssertionStore;
import java.time.Duration;

/** The table {@code assertions}. */
final class PostgresAssertions implements AssertionStore {

  /**
   * The key is a hash, since an index takes no long texts; the length tells where the client's id
   * ends. On conflict, the row is locked and looked at anew: of two callers one is the first.
   */
  static final String REMEMBER =
      """
      insert into mcp_oauth.assertions as known (id, expires_at)
      values (
        sha256(convert_to(length(:clientId) || ':' || :clientId || :assertionId, 'UTF8')),
        mcp_oauth.storage_time() + :lifetime * interval '1 microsecond')
      on conflict (id) do update
      set expires_at = excluded.expires_at
      where known.expires_at <= mcp_oauth.storage_time()
      """;

  private final Database database;

  PostgresAssertions(Database database) {
    this.database = database;
  }

  @Override
  public boolean remember(String clientId, String assertionId, Duration lifetime) {
    return Values.isText(clientId)
        && Values.isText(assertionId)
        && database.run(
            "remember an assertion",
            handle ->
                handle
                        .createUpdate(REMEMBER)
                        .bind("clientId", clientId)
                        .bind("assertionId", assertionId)
                        .bind("lifetime", Values.microseconds(lifetime))
                        .execute()
                    == 1);
  }
}
