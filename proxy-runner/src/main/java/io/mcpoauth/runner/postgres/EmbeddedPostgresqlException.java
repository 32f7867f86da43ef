package io.mcpoauth.runner.postgres;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot run; the message tells the operator why and what to do. */
public final class EmbeddedPostgresqlException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  EmbeddedPostgresqlException(String message) {
    this(message, null);
  }

  EmbeddedPostgresqlException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
