package io.mcpoauth.jdbc;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.SessionStore;
import java.time.Duration;
import java.util.Optional;

/** The table {@code sessions}. */
final class PostgresSessions implements SessionStore {

  static final String FIND =
      """
      select sealed_session
      from mcp_oauth.sessions
      where id = :session and expires_at > mcp_oauth.storage_time()
      """;

  private static final String BEGIN =
      """
      insert into mcp_oauth.sessions (id, sealed_session, expires_at)
      values (:session, :sealed, mcp_oauth.storage_time() + :lifetime * interval '1 microsecond')
      """;

  private static final String END = "delete from mcp_oauth.sessions where id = :session";

  private final Database database;

  PostgresSessions(Database database) {
    this.database = database;
  }

  @Override
  public void begin(SecretHash id, Sealed session, Duration lifetime) {
    database.run(
        "begin a session",
        handle ->
            handle
                .createUpdate(BEGIN)
                .bind("session", id.toBytes())
                .bind("sealed", session.toBytes())
                .bind("lifetime", Values.microseconds(lifetime))
                .execute());
  }

  @Override
  public Optional<Sealed> find(SecretHash id) {
    return database.run(
        "find a session",
        handle ->
            handle
                .createQuery(FIND)
                .bind("session", id.toBytes())
                .map((row, context) -> Values.sealed(row, "sealed_session"))
                .findOne());
  }

  @Override
  public void end(SecretHash id) {
    database.run(
        "end a session",
        handle -> handle.createUpdate(END).bind("session", id.toBytes()).execute());
  }
}
