package io.mcpoauth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.array.SqlArrayTypes;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;

/** Runs statements, each in a transaction of its own, and turns failures into outages. */
final class Database {

  /** How long a statement may take, lock waits included. */
  static final int STATEMENT_SECONDS = 5;

  private static final int ATTEMPTS = 10;

  private final Jdbi jdbi;
  private final BooleanSupplier statementsAreBounded;
  private final Semaphore room;

  /**
   * Statements on connections of that source.
   *
   * @param statementsAreBounded whether its connections end long statements by themselves; if not,
   *     the driver asks the server to
   */
  Database(DataSource source, BooleanSupplier statementsAreBounded) {
    this(source, statementsAreBounded, Integer.MAX_VALUE);
  }

  /**
   * The same for so many callers at a time: where the database is slow, the others are told so at
   * once, in place of waiting with a thread each until all threads wait (DS-14).
   */
  Database(DataSource source, BooleanSupplier statementsAreBounded, int maxCallers) {
    this.statementsAreBounded = statementsAreBounded;
    room = new Semaphore(maxCallers);
    jdbi = Jdbi.create(committingEachStatement(source));
    jdbi.configure(SqlArrayTypes.class, types -> types.register(String.class, "text"));
    jdbi.configure(
        SqlStatements.class, statements -> statements.setTemplateEngine(TemplateEngine.NOP));
  }

  /**
   * Runs the work on a connection; again when the database undid it to resolve a conflict.
   *
   * @param attempt completes the sentence "could not ..." without any value
   * @throws io.mcpoauth.core.spi.storage.StorageException when the database fails
   */
  <T> T run(String attempt, Function<Handle, T> work) {
    if (!room.tryAcquire()) {
      throw Failures.outage(attempt, new SQLTransientException("too many wait", "53300"));
    }
    try {
      return repeat(attempt, work);
    } finally {
      room.release();
    }
  }

  private <T> T repeat(String attempt, Function<Handle, T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return jdbi.withHandle(handle -> work.apply(bounded(handle)));
      } catch (JdbiException e) {
        if (tries == ATTEMPTS || !Failures.isWorthRepeating(e)) {
          throw Failures.outage(attempt, e);
        }
      }
    }
  }

  private Handle bounded(Handle handle) {
    if (!statementsAreBounded.getAsBoolean()) {
      handle.getConfig(SqlStatements.class).setQueryTimeout(STATEMENT_SECONDS);
    }
    return handle;
  }

  /** A source may hand out connections in any mode; a verb is done when its statement is. */
  private static ConnectionFactory committingEachStatement(DataSource source) {
    return () -> {
      Connection connection = source.getConnection();
      try {
        if (!connection.getAutoCommit()) {
          connection.setAutoCommit(true);
        }
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    };
  }
}
