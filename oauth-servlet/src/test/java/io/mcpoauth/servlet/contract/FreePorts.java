package io.mcpoauth.servlet.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for servers whose public URL has to be known before they start. */
public final class FreePorts {

  private static final int FIRST = 21_000;
  private static final int PORTS_PER_PROCESS = 4_000;

  /** Surefire counts the processes that run tests side by side, from one. */
  private static final int PROCESS = Integer.getInteger("surefire.forkNumber", 1) - 1;

  private static final int END = FIRST + (PROCESS + 1) * PORTS_PER_PROCESS;

  /** Each port is given once, since whoever asked may listen on it later. */
  private static int candidate =
      END - PORTS_PER_PROCESS + (int) (ProcessHandle.current().pid() * 37 % PORTS_PER_PROCESS / 2);

  private FreePorts() {}

  /** The first of that many adjacent ports that are free now. */
  public static synchronized int next(int count) {
    while (candidate + count <= END) {
      int first = candidate;
      candidate += count;
      if (areFree(first, count)) {
        return first;
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
