package io.mcpoauth.servlet.internal.forward;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host and port that a URL names.
 *
 * @param name in lower case, without a dot at the end
 * @param port -1 when it is not said
 */
record UrlHost(String name, int port) {

  /** What networks use for themselves: RFC 6761, 6762 and 8375, and what ICANN never gives away. */
  private static final Set<String> PRIVATE_TOP_LEVEL_NAMES =
      Set.of("arpa", "corp", "home", "internal", "lan", "local", "localhost");

  private static final int MAX_PORT_DIGITS = 6;

  /**
   * Reads the authority of a URL.
   *
   * @return null when it names a user, or has no single reading
   */
  static @Nullable UrlHost of(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.indexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    int port = hasPort ? number(authority.substring(colon + 1)) : -1;
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return port >= -1 && isReadable(name) ? new UrlHost(name, port) : null;
  }

  /** Whether only machines near the MCP server can mean something by it. */
  boolean isInternal() {
    if (name.startsWith("[") || isAddress(lastLabel())) {
      return isInternalAddress(name);
    }
    return name.indexOf('.') < 0 || PRIVATE_TOP_LEVEL_NAMES.contains(lastLabel());
  }

  /** The port, or the one that stands for none in that scheme. */
  int port(String scheme) {
    if (port >= 0) {
      return port;
    }
    return scheme.equalsIgnoreCase("https") ? 443 : 80;
  }

  private String lastLabel() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Empty is none (RFC 3986 section 3.2.3). Returns less than -1 for what is no port. */
  private static int number(String digits) {
    if (digits.isEmpty()) {
      return -1;
    }
    return digits.length() <= MAX_PORT_DIGITS && isNumber(digits) ? Integer.parseInt(digits) : -2;
  }

  private static boolean isReadable(String name) {
    if (name.startsWith("[")) {
      return name.endsWith("]")
          && name.substring(1, name.length() - 1).chars().allMatch(UrlHost::isV6);
    }
    return !name.isEmpty() && name.chars().allMatch(UrlHost::isOfName);
  }

  private static boolean isV6(int c) {
    return c == ':' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static boolean isOfName(int c) {
    return c == '-' || c == '.' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }

  /** As browsers see it: a name whose last label begins like this is an address (WHATWG URL). */
  private static boolean isAddress(String lastLabel) {
    return lastLabel.startsWith("0x") || isNumber(lastLabel);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** An address that is not written in full ({@code 127.1}) is nobody's on the Internet either. */
  private static boolean isInternalAddress(String literal) {
    if (!literal.startsWith("[") && !isDottedQuad(literal)) {
      return true;
    }
    try {
      InetAddress address = InetAddress.getByName(literal);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || address.isLinkLocalAddress()
          || address.isSiteLocalAddress()
          || isShared(address);
    } catch (UnknownHostException e) {
      return true;
    }
  }

  /** Only of such a one is it sure that nobody is asked what it means. */
  private static boolean isDottedQuad(String literal) {
    List<String> parts = List.of(literal.split("\\.", -1));
    return parts.size() == 4
        && parts.stream()
            .allMatch(
                part ->
                    part.length() <= 3
                        && isNumber(part)
                        && part.equals(String.valueOf(Integer.parseInt(part))));
  }

  /** Unique local addresses (RFC 4193) and those between a provider and its users (RFC 6598). */
  private static boolean isShared(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? bytes[0] == 100 && (bytes[1] & 0xc0) == 64
        : (bytes[0] & 0xfe) == 0xfc;
  }
}
