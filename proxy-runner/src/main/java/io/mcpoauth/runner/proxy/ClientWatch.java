package io.mcpoauth.runner.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Notices at once that a client has closed its HTTP/1.1 connection while it waits for an answer.
 *
 * <p>Jetty does not read from a connection between the end of a request and the end of its answer,
 * so it would notice only at the next write, which on a silent event stream may be hours away. MCP
 * takes the disconnect for a cancellation, so the MCP server has to hear of it. The watch waits for
 * the connection to become readable in that gap, and steps aside before the answer completes,
 * because then Jetty expects to be the only reader. Requests that are answered quickly are never
 * watched.
 */
final class ClientWatch implements Callback {

  private static final int DELAY_MILLIS = 250;
  private static final int EARLY_BYTES = 1_024;

  private final AbstractEndPoint endPoint;
  private final Connection.UpgradeTo connection;
  private final Scheduler scheduler;
  private final Consumer<Throwable> onGone;
  private final ByteBuffer early = BufferUtil.allocate(EARLY_BYTES);
  private Scheduler.@Nullable Task start;
  private boolean waiting;
  private boolean over;

  private ClientWatch(
      AbstractEndPoint endPoint,
      Connection.UpgradeTo connection,
      Scheduler scheduler,
      Consumer<Throwable> onGone) {
    this.endPoint = endPoint;
    this.connection = connection;
    this.scheduler = scheduler;
    this.onGone = onGone;
  }

  /**
   * Prepares to watch the client of a request.
   *
   * @param onGone is told when the client has gone
   * @return what to run when all of the request's body has been read
   */
  static Runnable over(Request request, Scheduler scheduler, Consumer<Throwable> onGone) {
    Connection connection = request.getConnectionMetaData().getConnection();
    boolean watchable = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
    if (watchable
        && connection instanceof Connection.UpgradeTo jetty
        && connection.getEndPoint() instanceof AbstractEndPoint endPoint) {
      ClientWatch watch = new ClientWatch(endPoint, jetty, scheduler, onGone);
      request.addHttpStreamWrapper(watch::endingWith);
      return watch::bodyRead;
    }
    // HTTP/2 says itself when a stream ends; HTTP/1.0 clients may half-close on purpose.
    return () -> {};
  }

  private synchronized void bodyRead() {
    if (!over) {
      start = scheduler.schedule(this::begin, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void begin() {
    if (!over) {
      waiting = endPoint.tryFillInterested(this);
    }
  }

  /** The connection is readable: its end, or the first bytes of another request. */
  @Override
  public void succeeded() {
    if (isClosed()) {
      onGone.accept(new EOFException("the client has closed the connection"));
    }
  }

  @Override
  public void failed(Throwable cause) {
    boolean tell;
    synchronized (this) {
      waiting = false;
      tell = !over;
    }
    if (tell) {
      onGone.accept(cause);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  private synchronized boolean isClosed() {
    waiting = false;
    if (over) {
      return false;
    }
    try {
      int filled = endPoint.fill(early);
      if (filled == 0) {
        waiting = endPoint.tryFillInterested(this);
      }
      return filled < 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Jetty must find nobody else interested in reading, and every byte that came meanwhile. */
  private synchronized void end() {
    over = true;
    Scheduler.Task task = start;
    if (task != null) {
      task.cancel();
    }
    if (waiting) {
      endPoint.getFillInterest().fillable();
    }
    if (early.hasRemaining()) {
      connection.onUpgradeTo(early);
    }
  }

  private HttpStream endingWith(HttpStream stream) {
    return new HttpStream.Wrapper(stream) {
      @Override
      public void succeeded() {
        end();
        super.succeeded();
      }

      @Override
      public void failed(Throwable cause) {
        end();
        super.failed(cause);
      }
    };
  }
}
