package io.mcpoauth.core.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request, from a query string or an {@code
 * application/x-www-form-urlencoded} body, decoded strictly and once.
 *
 * <p>An empty value counts as omitted, and no parameter may stand twice (OAuth 2.1 sections 3.1 and
 * 3.2); the reader asks with {@link #isRepeated} for those that it uses. Values are never printed.
 */
public final class Parameters {

  private static final int MAX_PARAMETERS = 100;
  private static final Parameters NONE = new Parameters(Map.of());

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** No parameter at all. */
  public static Parameters none() {
    return NONE;
  }

  /**
   * Reads {@code a=1&b=2}; only {@code &} and {@code =} separate, nothing else has a meaning.
   *
   * @return empty when there are more than 100 parameters, a percent sign without two hexadecimal
   *     digits, bytes that are not UTF-8, or a NUL
   */
  public static Optional<Parameters> parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.of(NONE);
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int count = 0;
    for (int start = 0; start <= text.length(); ) {
      int end = text.indexOf('&', start);
      String pair = text.substring(start, end < 0 ? text.length() : end);
      start = end < 0 ? text.length() + 1 : end + 1;
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (name == null || value == null || ++count > MAX_PARAMETERS) {
        return Optional.empty();
      }
      values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }
    return Optional.of(new Parameters(values));
  }

  /** The first value of the parameter; null when it is absent or empty. */
  public @Nullable String get(String name) {
    List<String> all = values.get(name);
    return all == null || all.get(0).isEmpty() ? null : all.get(0);
  }

  /** All values of a parameter that may stand several times, empty ones left out. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of()).stream().filter(v -> !v.isEmpty()).toList();
  }

  /** Whether the parameter stands there at all, even without a value. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether the parameter stands more than once. */
  public boolean isRepeated(String name) {
    List<String> all = values.get(name);
    return all != null && all.size() > 1;
  }

  /** Whether any of these parameters stands more than once. */
  public boolean isAnyRepeated(List<String> names) {
    return names.stream().anyMatch(this::isRepeated);
  }

  /** Decodes one form-encoded value as {@link #parse} does; empty when it is malformed. */
  public static Optional<String> decodeValue(String text) {
    return Optional.ofNullable(decode(text));
  }

  /** The names only: values may be secrets. */
  @Override
  public String toString() {
    return "Parameters" + values.keySet();
  }

  private static @Nullable String decode(String text) {
    if (text.indexOf('%') < 0 && isPlainAscii(text)) {
      return text.replace('+', ' ');
    }
    try {
      ByteBuffer bytes =
          unescape(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
      String value =
          bytes == null ? null : StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return value == null || value.indexOf('\0') >= 0 ? null : value;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isPlainAscii(String text) {
    return text.chars().allMatch(c -> c > 0 && c < 0x80);
  }

  /** Null when a percent sign stands without two hexadecimal digits. */
  private static @Nullable ByteBuffer unescape(ByteBuffer escaped) {
    ByteBuffer bytes = ByteBuffer.allocate(escaped.remaining());
    while (escaped.hasRemaining()) {
      byte b = escaped.get();
      if (b != '%') {
        bytes.put(b == '+' ? (byte) ' ' : b);
        continue;
      }
      if (escaped.remaining() < 2) {
        return null;
      }
      int high = escaped.get();
      int low = escaped.get();
      // Not Character.digit, which takes the digits of every script.
      if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
        return null;
      }
      bytes.put((byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low)));
    }
    return bytes.flip();
  }
}
