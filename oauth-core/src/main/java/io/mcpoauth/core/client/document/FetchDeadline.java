package io.mcpoauth.core.client.document;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a fetch by closing its socket. Read timeouts alone would not: a host that sends one byte a
 * second never runs into one (CM-12).
 */
final class FetchDeadline implements AutoCloseable {

  private final ScheduledFuture<?> reaching;
  private final ScheduledFuture<?> whole;
  private @Nullable Socket socket;
  private boolean expired;

  FetchDeadline(ScheduledExecutorService scheduler, FetchTimeouts timeouts) {
    this.reaching =
        scheduler.schedule(this::expire, timeouts.reaching().toMillis(), TimeUnit.MILLISECONDS);
    this.whole =
        scheduler.schedule(this::expire, timeouts.whole().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Puts a socket under the deadline. */
  synchronized void guard(Socket guarded) {
    socket = guarded;
    if (expired) {
      closeSocket();
    }
  }

  /** The host is reached and proven; only the whole is limited from now on. */
  void reached() {
    reaching.cancel(false);
  }

  synchronized boolean isExpired() {
    return expired;
  }

  @Override
  public synchronized void close() {
    reaching.cancel(false);
    whole.cancel(false);
    closeSocket();
  }

  private synchronized void expire() {
    expired = true;
    closeSocket();
  }

  /** The plain socket under TLS: closing it never waits for the other side. */
  private void closeSocket() {
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up either way.
    }
  }
}
