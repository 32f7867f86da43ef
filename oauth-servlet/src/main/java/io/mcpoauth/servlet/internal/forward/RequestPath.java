package io.mcpoauth.servlet.internal.forward;

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
    return isPlain(rawPath) || hasUnambiguousSegments(rawPath);
  }

  /** As nearly all paths are: nothing in it that could be decoded, or stand for another segment. */
  private static boolean isPlain(String rawPath) {
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '/' && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasUnambiguousSegments(String rawPath) {
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
