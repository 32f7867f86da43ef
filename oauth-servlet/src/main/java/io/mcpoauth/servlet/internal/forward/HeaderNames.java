package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the policy sees the names of header fields. */
public final class HeaderNames {

  /** Fields for one hop only (RFC 9110 section 7.6.1, RFC 9112 section 9). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "expect",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "trailers",
          "transfer-encoding",
          "upgrade");

  private HeaderNames() {}

  /**
   * The name as the most forgiving reader sees it: CGI-style servers fold {@code -}, {@code _} and
   * sometimes every other character that is neither letter nor digit into one (HS-03, HS-04).
   */
  public static String fold(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.append((char) (c + ('a' - 'A')));
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        folded.append(c);
      } else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != '-') {
        folded.append('-');
      }
    }
    int last = folded.length() - 1;
    if (last >= 0 && folded.charAt(last) == '-') {
      folded.setLength(last);
    }
    return folded.toString();
  }

  /** Whether a field ends at this hop, so that it is never copied to the other side. */
  static boolean isHopByHop(String folded) {
    return HOP_BY_HOP.contains(folded) || folded.equals("proxy") || folded.startsWith("proxy-");
  }

  /** The folded names that the {@code Connection} fields nominate as hop-by-hop. */
  static Set<String> nominated(List<HeaderField> fields) {
    Set<String> names = Set.of();
    for (HeaderField field : fields) {
      if (field.name().equalsIgnoreCase("Connection")) {
        names = names.isEmpty() ? new HashSet<>() : names;
        for (String token : field.value().split(",", -1)) {
          names.add(fold(token));
        }
      }
    }
    return names;
  }

  /** Whether a name can be written on the wire without becoming something else. */
  static boolean isWellFormedName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ':');
  }

  /** The same of a value. A loop, since it looks at every character of every request. */
  static boolean isWellFormedValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0x7f || (c < 0x20 && c != '\t')) {
        return false;
      }
    }
    return true;
  }
}
