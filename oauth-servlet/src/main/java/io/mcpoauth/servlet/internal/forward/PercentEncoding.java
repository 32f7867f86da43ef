package io.mcpoauth.servlet.internal.forward;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding of UTF-8 text (RFC 3986 section 2.1). */
final class PercentEncoding {

  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /**
   * Encodes what a header value cannot carry safely: every byte that is not printable ASCII, and
   * the percent sign itself, so that decoding is unambiguous. Spaces at the ends are encoded too:
   * they would be trimmed on the way.
   */
  static String encode(String value) {
    return isPlain(value) ? value : encodeBytes(value);
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '%') {
        return false;
      }
    }
    return !value.startsWith(" ") && !value.endsWith(" ");
  }

  private static String encodeBytes(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xff;
      boolean edge = c == ' ' && (i == 0 || i == bytes.length - 1);
      if (c < 0x20 || c > 0x7e || c == '%' || edge) {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
      } else {
        encoded.append((char) c);
      }
    }
    return encoded.toString();
  }

  /** Decodes once; null when an escape is broken, or the bytes are not visible ASCII or UTF-8. */
  static @Nullable String decode(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= 0x20 || c >= 0x7f) {
        return null;
      }
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
