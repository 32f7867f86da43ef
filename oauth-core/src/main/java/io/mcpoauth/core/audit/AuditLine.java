package io.mcpoauth.core.audit;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as one line of {@code name=value} pairs, whatever strangers put into their names: only
 * letters, digits and ordinary punctuation stand there as they are (LG-03).
 */
final class AuditLine {

  private static final int MAX_VALUE = 256;
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._~:/@+-]+");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

  private AuditLine() {}

  /** The line, without an end. */
  static String of(AuditEvent event) {
    StringBuilder line = new StringBuilder("event=");
    line.append(words(event.getClass().getSimpleName()));
    for (RecordComponent component : event.getClass().getRecordComponents()) {
      Object value = valueOf(component, event);
      if (value != null) {
        line.append(' ').append(words(component.getName())).append('=');
        append(line, value instanceof Enum<?> ? words(value.toString()) : value.toString());
      }
    }
    return line.toString();
  }

  private static @Nullable Object valueOf(RecordComponent component, AuditEvent event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("events are public records", e);
    }
  }

  private static String words(String name) {
    return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private static void append(StringBuilder line, String value) {
    if (WORD.matcher(value).matches() && value.length() <= MAX_VALUE) {
      line.append(value);
      return;
    }
    line.append('"');
    value.codePoints().limit(MAX_VALUE).forEach(c -> appendQuoted(line, c));
    line.append(value.codePointCount(0, value.length()) > MAX_VALUE ? "...\"" : "\"");
  }

  private static void appendQuoted(StringBuilder line, int c) {
    boolean plain = c == ' ' || Character.isLetterOrDigit(c) || (c > 0x20 && c < 0x7f);
    if (c == '"' || c == '\\') {
      line.append('\\').append((char) c);
    } else if (plain) {
      line.appendCodePoint(c);
    } else {
      for (char unit : Character.toChars(c)) {
        line.append("\\u").append("%04x".formatted((int) unit));
      }
    }
  }
}
