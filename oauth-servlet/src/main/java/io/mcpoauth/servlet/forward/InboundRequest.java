package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's request as every engine can state it, before its body is read.
 *
 * @param rawPath the path byte for byte, as clients see it
 * @param rawQuery the query byte for byte; null when there is none
 * @param headers all header field lines in order
 * @param peer the address of the client's end of the connection
 */
public record InboundRequest(
    String method,
    String rawPath,
    @Nullable String rawQuery,
    List<HeaderField> headers,
    String peer) {

  /** The value of a field; null unless it stands exactly once. */
  @Nullable String single(String name) {
    String value = null;
    for (HeaderField field : headers) {
      if (field.name().equalsIgnoreCase(name)) {
        if (value != null) {
          return null;
        }
        value = field.value();
      }
    }
    return value;
  }

  /** Whether there is such a field. */
  boolean has(String name) {
    for (HeaderField field : headers) {
      if (field.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The credentials; null when there are none. Two are none: readers would differ on which. */
  @Nullable Secret authorization() {
    String value = single("Authorization");
    return value == null ? null : Secret.of(value);
  }

  /** Never the values. */
  @Override
  public String toString() {
    return method + " " + rawPath + " " + headers;
  }
}
