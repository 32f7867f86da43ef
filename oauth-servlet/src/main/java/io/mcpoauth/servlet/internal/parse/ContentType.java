package io.mcpoauth.servlet.internal.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads {@code Content-Type} (RFC 9110 section 8.3). */
final class ContentType {

  private ContentType() {}

  /**
   * Whether a field says that media type in UTF-8, which is what it says without a {@code charset}.
   * Parameters that are not known have no meaning, and empty ones are none (RFC 9110 section
   * 5.6.6).
   *
   * @param mediaType in lower case
   */
  static boolean isUtf8Of(String mediaType, String field) {
    List<String> parts = parts(field.toLowerCase(Locale.ROOT));
    return !parts.isEmpty()
        && parts.get(0).equals(mediaType)
        && parts.stream().skip(1).allMatch(ContentType::isParameter)
        && isUtf8(parts.stream().filter(part -> name(part).equals("charset")).toList());
  }

  /**
   * At the semicolons that are not quoted; nothing when a quotation does not end, or a comma shows
   * that there were two fields.
   */
  private static List<String> parts(String field) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ',' && !quoted) {
        return List.of();
      } else if (c == ';' && !quoted) {
        parts.add(field.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    parts.add(field.substring(begin).strip());
    return quoted ? List.of() : parts;
  }

  private static boolean isParameter(String part) {
    return part.isEmpty() || !name(part).isEmpty();
  }

  /** Empty when it is no parameter. */
  private static String name(String part) {
    int equals = part.indexOf('=');
    return equals < 0 ? "" : part.substring(0, equals).strip();
  }

  private static boolean isUtf8(List<String> charsets) {
    return charsets.isEmpty()
        || (charsets.size() == 1
            && (charsets.get(0).equals("charset=utf-8")
                || charsets.get(0).equals("charset=\"utf-8\"")));
  }
}
