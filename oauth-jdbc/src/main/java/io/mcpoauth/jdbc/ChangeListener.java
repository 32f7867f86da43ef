package io.mcpoauth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for notifications on a connection of its own and gets a new one when it is lost.
 *
 * <p>Hints may be lost by contract, so nothing here is an outage. Where connections are not those
 * of pgjdbc, or a pooler such as PgBouncer stands between, no hint ever comes.
 */
final class ChangeListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);
  private static final int WAIT_MILLIS = 500;
  private static final int QUIET_WAITS_BEFORE_CHECK = 20;
  private static final int CHECK_SECONDS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final DataSource source;
  private final Runnable onChange;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Duration pause = FIRST_PAUSE;

  ChangeListener(DataSource source, Runnable onChange) {
    this.source = source;
    this.onChange = onChange;
    this.thread = new Thread(this::run, "mcp-oauth-change-listener");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends the calls: none is made after this returns, unless one takes longer than seconds. */
  @Override
  public void close() {
    closed.countDown();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2 * CHECK_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!isClosed()) {
        if (!listenOnce()) {
          return;
        }
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens until the connection is lost; false when connections of this source cannot listen. */
  private boolean listenOnce() {
    try (Connection connection = source.getConnection()) {
      if (!connection.isWrapperFor(PGConnection.class)) {
        LOG.info("connections are not those of pgjdbc: changes are found by polling alone");
        return false;
      }
      if (PostgresSource.isPooled(connection)) {
        LOG.info("a pooler is before the database: changes are found by polling alone");
        return false;
      }
      listen(connection);
    } catch (SQLException e) {
      if (!isClosed()) {
        LOG.info("not listening for changes, will try again (SQLSTATE {})", e.getSQLState());
      }
    }
    return true;
  }

  private void listen(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + PostgresChanges.CHANNEL);
      pause = FIRST_PAUSE;
      // What was notified while nobody listened is lost: one hint stands for all of it.
      onChange.run();
      awaitNotifications(connection);
      statement.execute("unlisten " + PostgresChanges.CHANNEL);
    }
  }

  private void awaitNotifications(Connection connection) throws SQLException {
    PGConnection notified = connection.unwrap(PGConnection.class);
    int quietWaits = 0;
    while (!isClosed()) {
      PGNotification[] notifications = notified.getNotifications(WAIT_MILLIS);
      if (isClosed()) {
        return;
      }
      if (notifications != null && notifications.length > 0) {
        quietWaits = 0;
        onChange.run();
      } else if (++quietWaits >= QUIET_WAITS_BEFORE_CHECK) {
        // A connection whose other end has vanished is quiet as well.
        quietWaits = 0;
        if (!connection.isValid(CHECK_SECONDS)) {
          throw new SQLException("the connection is dead", "08006");
        }
      }
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}
