package io.mcpoauth.runner.jetty;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose clients take too long to say what they want, or to take what they asked
 * for. Jetty's idle time does not end them, since it begins anew with each byte (SL-01, SL-03).
 *
 * <p>They are looked at from time to time, so that requests cost nothing more.
 */
final class SlowConnections extends Handler.Wrapper implements Connection.Listener {

  private static final Logger log = LoggerFactory.getLogger(SlowConnections.class);
  private static final int LOOKS = 10;

  private final Patience patience;
  private final ConcurrentMap<Connection, WatchedConnection> watched = new ConcurrentHashMap<>();
  private volatile Scheduler.@Nullable Task next;

  SlowConnections(Handler next, Patience patience) {
    super(next);
    this.patience = patience;
  }

  @Override
  public void onOpened(Connection connection) {
    watched.put(connection, new WatchedConnection(connection, patience));
  }

  @Override
  public void onClosed(Connection connection) {
    watched.remove(connection);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    WatchedConnection connection = watched.get(request.getConnectionMetaData().getConnection());
    if (connection != null) {
      long number = connection.requestBegan();
      Request.addCompletionListener(request, failure -> connection.requestEnded(number));
    }
    return super.handle(request, response, callback);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    schedule();
  }

  @Override
  protected void doStop() throws Exception {
    Scheduler.Task pending = next;
    if (pending != null) {
      pending.cancel();
    }
    super.doStop();
  }

  private void look() {
    watched.values().forEach(SlowConnections::look);
    if (isRunning()) {
      schedule();
    }
  }

  /** One that fails must not keep the others from being looked at ever again. */
  private static void look(WatchedConnection connection) {
    try {
      connection.look();
    } catch (RuntimeException e) {
      log.warn("A connection could not be looked at ({})", e.toString());
    }
  }

  /** Often enough that nobody gets much more time than is meant. */
  private void schedule() {
    Duration shortest =
        patience.head().compareTo(patience.write()) < 0 ? patience.head() : patience.write();
    next =
        getServer()
            .getScheduler()
            .schedule(this::look, shortest.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
  }
}
