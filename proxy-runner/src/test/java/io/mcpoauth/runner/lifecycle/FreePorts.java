package io.mcpoauth.runner.lifecycle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for servers whose public URL has to be known before they start. */
public final class FreePorts {

  private static final int FIRST = 21_000;
  private static final int LAST = 29_000;

  private FreePorts() {}

  /** The first of that many adjacent ports that are free now. */
  public static synchronized int next(int count) {
    int start = FIRST + (int) (ProcessHandle.current().pid() * 37 % (LAST - FIRST));
    for (int port = start; port < LAST + FIRST; port += count) {
      if (areFree(port, count)) {
        return port;
      }
    }
    throw new IllegalStateException("no free ports");
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        socket.setReuseAddress(true);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }
}
