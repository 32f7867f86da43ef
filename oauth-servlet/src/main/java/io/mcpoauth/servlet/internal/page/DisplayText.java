package io.mcpoauth.servlet.internal.page;

/** Makes names that strangers chose fit to be shown (CN-10). */
final class DisplayText {

  private static final int MAX_CODE_POINTS = 80;

  private DisplayText() {}

  /**
   * The text in one line of at most 80 characters, without characters that are invisible or change
   * the order of others. The result still has to be {@linkplain Html#escape escaped}.
   *
   * @param fallback what to show when nothing is left
   */
  static String of(String text, String fallback) {
    String visible =
        text.codePoints()
            .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
            .filter(DisplayText::isVisible)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .replaceAll(" {2,}", " ")
            .strip();
    if (visible.isEmpty()) {
      return fallback;
    }
    return visible.codePointCount(0, visible.length()) <= MAX_CODE_POINTS
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, MAX_CODE_POINTS - 1)) + "…";
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> !isBlankLetter(c);
    };
  }

  /** Letters that look like nothing: Hangul fillers, the Khmer inherent vowels, Braille blank. */
  private static boolean isBlankLetter(int c) {
    return c == 0x115f
        || c == 0x1160
        || c == 0x17b4
        || c == 0x17b5
        || c == 0x2800
        || c == 0x3164
        || c == 0xffa0;
  }
}
