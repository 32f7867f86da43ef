package io.mcpoauth.core.client.document;

import java.util.Set;
import java.util.regex.Pattern;

/** Which host names can belong to the public Internet at all. */
final class HostNames {

  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+([a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)");

  /** RFC 6761, 6762, 7686, 8375, 9476, and the name that ICANN reserved for private use. */
  private static final Set<String> PRIVATE_TOP_LEVEL_NAMES =
      Set.of("alt", "arpa", "internal", "invalid", "local", "localhost", "onion", "test");

  private HostNames() {}

  /**
   * Whether a name in lower case has two labels or more and ends in a name that is not reserved.
   * The last label begins with a letter, so an address literal is refused however it is written:
   * {@code 127.1}, {@code 0x7f.1} and {@code 2130706433} are no names (CM-05). A trailing dot is
   * refused too, since it would be a second spelling.
   */
  static boolean isPublic(String host) {
    var name = NAME.matcher(host);
    return name.matches() && !PRIVATE_TOP_LEVEL_NAMES.contains(name.group(1));
  }
}
