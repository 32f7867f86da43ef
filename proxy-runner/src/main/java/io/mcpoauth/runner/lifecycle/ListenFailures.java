package io.mcpoauth.runner.lifecycle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says which address is not to be had. */
final class ListenFailures {

  private ListenFailures() {}

  static StartFailure of(InetAddress host, int port, IOException cause) {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    return new StartFailure(
        "Cannot listen on %s:%d (%s). Stop what uses it, or choose another with HOST and PORT."
            .formatted(host.getHostAddress(), port, reason.getMessage()),
        cause);
  }

  /**
   * Tries the port, so that a program of several ports can say early which one is taken.
   *
   * @throws StartFailure when it is taken
   */
  static void requireFree(InetAddress host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers do: a port that was in use a moment ago counts as free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw of(host, port, e);
    }
  }
}
