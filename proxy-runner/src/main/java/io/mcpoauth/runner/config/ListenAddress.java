package io.mcpoauth.runner.config;

import java.net.InetAddress;

/**
 * Where to listen.
 *
 * @param host an address of this machine; a wildcard means all of them
 * @param port 1 to 65535
 */
public record ListenAddress(InetAddress host, int port) {

  /** Whether this machine alone can connect. */
  public boolean isLoopback() {
    return host.isLoopbackAddress();
  }
}
