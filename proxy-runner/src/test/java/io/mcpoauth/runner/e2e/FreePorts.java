package io.mcpoauth.runner.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that nobody listens on at the moment. */
final class FreePorts {

  private static final int ATTEMPTS = 50;

  private FreePorts() {}

  static int one() {
    return consecutive(1);
  }

  /** The first of that many neighbours, which are all free. */
  static int consecutive(int count) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int first = ephemeral();
      if (first + count <= 65_536 && areFree(first, count)) {
        return first;
      }
    }
    throw new IllegalStateException("no free ports");
  }

  private static int ephemeral() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
