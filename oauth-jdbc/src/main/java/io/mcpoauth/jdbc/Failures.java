package io.mcpoauth.jdbc;

import io.mcpoauth.core.spi.storage.StorageException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's errors mean to us. */
final class Failures {

  private static final String UNIQUE_VIOLATION = "23505";
  private static final Set<String> NOTHING_HAPPENED =
      Set.of(/* serialization_failure */ "40001", /* deadlock_detected */ "40P01");

  private Failures() {}

  /** Whether the database undid the statement and asks for it again (TR-17). */
  static boolean isWorthRepeating(Throwable failure) {
    String state = state(failure);
    return state != null && NOTHING_HAPPENED.contains(state);
  }

  /** Whether an id was taken. */
  static boolean isUniqueViolation(Throwable failure) {
    return UNIQUE_VIOLATION.equals(state(failure));
  }

  /**
   * The outage for that failure. JDBI's messages hold the bound values and the server's may hold
   * those that it could not use, so neither goes on.
   */
  static StorageException outage(String attempt, Throwable failure) {
    SQLException sql = sqlException(failure);
    if (sql == null) {
      SQLException unknown = new SQLException(failure.getClass().getSimpleName());
      unknown.setStackTrace(failure.getStackTrace());
      return new StorageException("could not " + attempt, unknown);
    }
    SQLException safe = new SQLException(safeMessage(sql), sql.getSQLState());
    safe.setStackTrace(sql.getStackTrace());
    return new StorageException("could not " + attempt, safe);
  }

  private static String safeMessage(SQLException failure) {
    String state = failure.getSQLState();
    // Class 22 is data exceptions, 23 constraint violations: their messages quote values.
    boolean quotesValues = state != null && (state.startsWith("22") || state.startsWith("23"));
    return quotesValues ? "SQLSTATE " + state : failure.getMessage() + " (SQLSTATE " + state + ")";
  }

  private static @Nullable String state(Throwable failure) {
    SQLException sql = sqlException(failure);
    return sql == null ? null : sql.getSQLState();
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
