package io.mcpoauth.runner.jetty;

import java.time.Duration;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.NanoTime;

/** One connection, and since when its client makes us wait for what. */
final class WatchedConnection {

  private static final long NOT_YET = -1;

  private final Connection connection;
  private final Patience patience;
  private long request;
  private boolean busy;
  private long bytesBefore = NOT_YET;
  private long headSince = NanoTime.now();
  private long written = NOT_YET;
  private long writeSince;

  /** A connection that was just made: its first request is due. */
  WatchedConnection(Connection connection, Patience patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /** The head of a request has come; returns the request's number. */
  synchronized long requestBegan() {
    busy = true;
    return ++request;
  }

  /** The request is answered. The next may have begun before, if it came together with this. */
  synchronized void requestEnded(long number) {
    if (number == request) {
      busy = false;
      bytesBefore = connection.getBytesIn();
      headSince = NOT_YET;
    }
  }

  /** Closes the connection if its client takes too long. */
  synchronized void look() {
    if (isLate()) {
      connection.getEndPoint().close();
    }
  }

  private boolean isLate() {
    return busy ? isWriteLate() : isHeadLate();
  }

  private boolean isHeadLate() {
    if (headSince == NOT_YET) {
      if (connection.getBytesIn() == bytesBefore) {
        // Kept alive, and nobody wants anything: the idle time is for this.
        return false;
      }
      headSince = NanoTime.now();
    }
    return isOver(headSince, patience.head());
  }

  /** Each write begins only when the last is done, so that the count stands still for one. */
  private boolean isWriteLate() {
    long begun = connection.getBytesOut();
    boolean pending =
        connection.getEndPoint() instanceof AbstractEndPoint endPoint
            && endPoint.getWriteFlusher().isPending();
    if (!pending || begun != written) {
      written = pending ? begun : NOT_YET;
      writeSince = NanoTime.now();
      return false;
    }
    return isOver(writeSince, patience.write());
  }

  private static boolean isOver(long since, Duration patience) {
    return NanoTime.since(since) > patience.toNanos();
  }
}
