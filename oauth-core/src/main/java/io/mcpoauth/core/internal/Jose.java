package io.mcpoauth.core.internal;

import java.util.Optional;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the JOSE library with what others wrote. It casts members before it looks at their
 * types: a {@code kid} that is a number is an exception that it does not declare (UP-10, CR-09).
 */
public final class Jose {

  private Jose() {}

  /** One or more calls of the library, and of nothing that may fail for reasons of its own. */
  @FunctionalInterface
  public interface Reading<T> {
    /** What was read; null for nothing. */
    @Nullable T read() throws JoseException;
  }

  /** What was read; empty when the library makes nothing of it, however it says so. */
  public static <T> Optional<T> read(Reading<T> reading) {
    try {
      return Optional.ofNullable(reading.read());
    } catch (JoseException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
