package io.mcpoauth.core.client.document;

import java.net.InetAddress;

/**
 * Whether documents may come from this machine. In production that would let anybody send our
 * requests to whatever else listens here, so only tests, which serve documents on loopback, switch
 * it on.
 */
enum DangerousTestAllowance {
  /** Public hosts on port 443 only. */
  NOTHING,
  /** Besides, the host {@code localhost}, loopback addresses, and any port. */
  LOOPBACK_DOCUMENTS;

  boolean allowsHost(String host) {
    return this == LOOPBACK_DOCUMENTS && host.equals("localhost");
  }

  boolean allowsPort(int port) {
    return this == LOOPBACK_DOCUMENTS && port <= 65_535;
  }

  boolean allowsAddress(InetAddress address) {
    return this == LOOPBACK_DOCUMENTS && address.isLoopbackAddress();
  }
}
