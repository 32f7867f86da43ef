package io.mcpoauth.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections that are ready for a pooler such as PgBouncer in transaction mode, where each
 * transaction may run in another session of the server.
 *
 * <p>A statement that was prepared in one session is unknown in the next, or worse, somebody else's
 * under the same name. What is set in a session stays behind for others. So neither is done there.
 */
final class PostgresSource extends PGSimpleDataSource {

  private static final long serialVersionUID = 1L;

  private final int statementSeconds;
  private volatile boolean pooled;

  /**
   * A source without a server so far.
   *
   * @param statementSeconds after which the server ends a statement or its wait for a lock, where
   *     no pooler stands between; 0 leaves that to others
   */
  PostgresSource(int statementSeconds) {
    this.statementSeconds = statementSeconds;
  }

  /** Whether the server itself ends long statements of this source's connections. */
  boolean endsLongStatements() {
    return statementSeconds > 0 && !pooled;
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Connection connection = super.getConnection(user, password);
    try {
      prepare(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void prepare(Connection connection) throws SQLException {
    pooled = isPooled(connection);
    if (pooled) {
      connection.unwrap(PGConnection.class).setPrepareThreshold(0);
    } else if (statementSeconds > 0) {
      try (Statement statement = connection.createStatement()) {
        // Not as start-up options of the connection: poolers refuse those.
        statement.execute(
            "set statement_timeout = '%1$ds'; set lock_timeout = '%1$ds'"
                .formatted(statementSeconds));
      }
    }
  }

  /** Whether the session that answers is another than the one that the connection was told of. */
  static boolean isPooled(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select pg_backend_pid()")) {
      result.next();
      return result.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
    }
  }
}
