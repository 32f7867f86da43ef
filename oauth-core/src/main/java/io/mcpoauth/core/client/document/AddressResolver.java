package io.mcpoauth.core.client.document;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a host name into addresses. Must be safe for use by several threads. */
@FunctionalInterface
public interface AddressResolver {

  /**
   * All addresses of the host, the preferred one first.
   *
   * @throws UnknownHostException when it has none or nobody can tell
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;

  /** The operating system's resolver. */
  static AddressResolver system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
