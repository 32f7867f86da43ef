package io.mcpoauth.jdbc;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How facts become columns and columns facts. */
final class Values {

  private Values() {}

  /**
   * Whether PostgreSQL can keep the text: it refuses NUL, and half a surrogate pair would become
   * another text. Nothing is stored under such an id, so there is nothing to look for (DB-19).
   */
  static boolean isText(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** A duration for {@code :name * interval '1 microsecond'}. */
  static long microseconds(Duration duration) {
    return TimeUnit.SECONDS.toMicros(duration.getSeconds()) + duration.getNano() / 1_000;
  }

  static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static SecretHash hash(ResultSet row, String column) throws SQLException {
    return SecretHash.ofStored(row.getBytes(column));
  }

  static @Nullable SecretHash nullableHash(ResultSet row, String column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : SecretHash.ofStored(bytes);
  }

  static Sealed sealed(ResultSet row, String column) throws SQLException {
    return Sealed.ofStored(row.getBytes(column));
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((String[]) array.getArray());
  }
}
