package io.mcpoauth.servlet.limit;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whom requests are counted for. Who has one IPv6 address has the whole /64, and often a /48
 * (DS-03); who has one IPv4 address has, at times, the /24.
 *
 * @param host the smallest network that is one party's for sure
 * @param site the network that may be one party's; more is allowed to it
 */
record Source(Network host, Network site) {

  /** The first bits of an address, as text. */
  record Network(String prefix) {}

  /** The source that the text names; a text that is no address is a source of its own. */
  static Source of(String address) {
    Optional<InetAddress> parsed = AddressLiteral.parseHop(address);
    if (parsed.isEmpty()) {
      return new Source(new Network(address), new Network(address));
    }
    byte[] bytes = parsed.get().getAddress();
    boolean ipv4 = bytes.length == 4;
    return new Source(network(bytes, ipv4 ? 4 : 8), network(bytes, ipv4 ? 3 : 6));
  }

  private static Network network(byte[] address, int length) {
    return new Network(Arrays.toString(Arrays.copyOf(address, length)));
  }
}
