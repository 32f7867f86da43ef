package io.mcpoauth.servlet.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses, and never looks a name up. */
final class AddressLiteral {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** What begins with a dot, or has no colon, the platform would take for a name. */
  private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

  private AddressLiteral() {}

  /** The address; an IPv4 address that is mapped into IPv6 is the IPv4 address. */
  static Optional<InetAddress> parse(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The address of a hop, as proxies write it: with or without a port, brackets, a zone. */
  static Optional<InetAddress> parseHop(String text) {
    String hop = text.strip();
    if (hop.startsWith("[") && hop.indexOf(']') > 0) {
      hop = hop.substring(1, hop.indexOf(']'));
    } else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.indexOf(':') > 0) {
      hop = hop.substring(0, hop.indexOf(':'));
    }
    int zone = hop.indexOf('%');
    return parse(zone < 0 ? hop : hop.substring(0, zone));
  }
}
