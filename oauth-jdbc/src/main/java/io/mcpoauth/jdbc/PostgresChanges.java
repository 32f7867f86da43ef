package io.mcpoauth.jdbc;

import io.mcpoauth.core.spi.storage.ChangeFeed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table {@code changes}, and NOTIFY as the hint that it has new rows. */
final class PostgresChanges implements ChangeFeed {

  static final String GRANT_CHANGED = "GRANT_CHANGED";
  static final String ACCESS_TOKEN_REVOKED = "ACCESS_TOKEN_REVOKED";

  /** The channel; NOTIFY reaches the listeners of the same database only. */
  static final String CHANNEL = "mcp_oauth_changes";

  /** Gives the listeners their hint. */
  static final String NOTIFY = "pg_notify('" + CHANNEL + "', '')";

  /** Starts from the time, so that there is an answer when there are no changes. */
  static final String RECENT =
      """
      select t.at as storage_time, c.kind, c.subject, a.expires_at
      from (select mcp_oauth.storage_time() as at) t
      left join mcp_oauth.changes c on c.at >= t.at - :window * interval '1 microsecond'
      left join mcp_oauth.access_tokens a
        on c.kind = '%s' and a.id = c.subject
      """
          .formatted(ACCESS_TOKEN_REVOKED);

  static final String REVOKED_ACCESS_TOKENS =
      """
      select t.at as storage_time, '%s' as kind, a.id as subject, a.expires_at
      from (select mcp_oauth.storage_time() as at) t
      left join mcp_oauth.access_tokens a on a.expires_at > t.at
      """
          .formatted(ACCESS_TOKEN_REVOKED);

  private final Database database;
  private final DataSource listening;
  private final Set<ChangeListener> listeners = ConcurrentHashMap.newKeySet();

  /**
   * The feed.
   *
   * @param listening where a listener gets the connection that it keeps
   */
  PostgresChanges(Database database, DataSource listening) {
    this.database = database;
    this.listening = listening;
  }

  /**
   * The end of a statement whose part {@code ended} gives the subjects of a change: the feed gets
   * its rows and the listeners their hint in the same commit as the change.
   */
  static String tell(String kind) {
    return told(kind) + "select " + NOTIFY + " from told\n";
  }

  /** The same without its last part, which must then evaluate {@link #NOTIFY} over {@code told}. */
  static String told(String kind) {
    return """
    told as (
      insert into mcp_oauth.changes (at, kind, subject)
      select mcp_oauth.storage_time(), '%s', ended.subject from ended
      returning id)
    """
        .formatted(kind);
  }

  @Override
  public Changes recent(Duration window) {
    return database.run(
        "read the changes",
        handle -> changes(handle.createQuery(RECENT).bind("window", Values.microseconds(window))));
  }

  @Override
  public Changes revokedAccessTokens() {
    return database.run(
        "read the revoked access tokens",
        handle -> changes(handle.createQuery(REVOKED_ACCESS_TOKENS)));
  }

  private static Changes changes(Query query) {
    List<Row> rows = query.map((row, context) -> row(row)).list();
    return new Changes(
        rows.stream().map(Row::change).filter(Objects::nonNull).toList(), rows.get(0).storageTime);
  }

  @Override
  public AutoCloseable subscribe(Runnable onChange) {
    ChangeListener listener = new ChangeListener(listening, onChange);
    listeners.add(listener);
    listener.start();
    return () -> {
      listeners.remove(listener);
      listener.close();
    };
  }

  void close() {
    listeners.forEach(ChangeListener::close);
    listeners.clear();
  }

  private record Row(Instant storageTime, @Nullable Change change) {}

  private static Row row(ResultSet row) throws SQLException {
    return new Row(Values.instant(row, "storage_time"), change(row));
  }

  /**
   * Null where there is no change, or one that only a newer release knows of, or that of a token
   * which expired so long ago that it has been removed.
   */
  private static @Nullable Change change(ResultSet row) throws SQLException {
    String subject = row.getString("subject");
    if (subject == null) {
      return null;
    }
    String kind = row.getString("kind");
    if (kind.equals(GRANT_CHANGED)) {
      return new Change.GrantChanged(subject);
    }
    return kind.equals(ACCESS_TOKEN_REVOKED) && row.getObject("expires_at") != null
        ? new Change.AccessTokenRevoked(subject, Values.instant(row, "expires_at"))
        : null;
  }
}
