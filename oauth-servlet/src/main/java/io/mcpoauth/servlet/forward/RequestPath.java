package io.mcpoauth.servlet.forward;

/**
 * Whether all readers of a raw request path agree on where it leads.
 *
 * <p>The path is decoded once, only to be judged; what is forwarded are the bytes that came.
 * Refused is everything that some server between here and the MCP server could read as another
 * path: dot segments, empty segments, path parameters, encoded separators, doubled encoding,
 * control characters and broken encodings (RS-16, RS-17).
 */
final class RequestPath {

  private static final String SEPARATORS = "\\;%";

  private RequestPath() {}

  /** Whether the path has exactly one reading. */
  static boolean isUnambiguous(String rawPath) {
    if (!rawPath.startsWith("/") || rawPath.contains("//")) {
      return false;
    }
    for (String segment : rawPath.substring(1).split("/", -1)) {
      String decoded = PercentEncoding.decode(segment);
      if (decoded == null
          || decoded.equals(".")
          || decoded.equals("..")
          || decoded.indexOf('/') >= 0
          || decoded.chars().anyMatch(c -> c < 0x20 || c == 0x7f || SEPARATORS.indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }
}
