package io.mcpoauth.core.client.document;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses that are not hosts of the public Internet, by the IANA special-purpose registries
 * (RFC 6890). A request of ours must never reach one of them on a stranger's word (CM-03, CM-04).
 */
final class SpecialUseAddresses {

  private static final List<AddressRange> IPV4 =
      ranges(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private use
          "100.64.0.0/10", // shared address space
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // a cloud's host services, at an address that looks public
          "169.254.0.0/16", // link local, where clouds serve their metadata
          "172.16.0.0/12", // private use
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.31.196.0/24", // AS112
          "192.52.193.0/24", // AMT
          "192.88.99.0/24", // 6to4 relay
          "192.168.0.0/16", // private use
          "192.175.48.0/24", // AS112
          "198.18.0.0/15", // benchmarking
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and limited broadcast

  /** All else is loopback, local, multicast, translated (NAT64) or unassigned. */
  private static final AddressRange IPV6_GLOBAL_UNICAST = AddressRange.of("2000::/3");

  private static final List<AddressRange> IPV6 =
      ranges(
          "2001::/23", // protocol assignments, Teredo, ORCHID, benchmarking
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "2620:4f:8000::/48", // AS112
          "3fff::/20"); // documentation

  private SpecialUseAddresses() {}

  /**
   * Whether an address is an ordinary one of the public Internet. An IPv4-mapped address is an IPv4
   * address to Java, and judged as such.
   */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address ipv6) {
      return IPV6_GLOBAL_UNICAST.contains(bytes)
          && !isIn(IPV6, bytes)
          && !isIsatap(bytes)
          && ipv6.getScopeId() == 0;
    }
    return !isIn(IPV4, bytes);
  }

  /** RFC 5214 section 6.1: an IPv4 address in an interface identifier, under any prefix. */
  private static boolean isIsatap(byte[] address) {
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && (address[11] & 0xff) == 0xfe;
  }

  private static boolean isIn(List<AddressRange> ranges, byte[] address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::of).toList();
  }
}
