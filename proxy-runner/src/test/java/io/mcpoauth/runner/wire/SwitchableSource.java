package io.mcpoauth.runner.wire;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A way to the database that a test can cut. */
final class SwitchableSource {

  private final DataSource source;
  private volatile @Nullable String failure;

  SwitchableSource(DataSource source) {
    this.source = source;
  }

  DataSource source() {
    return Intercepted.of(
        DataSource.class,
        source,
        (method, arguments) -> {
          String state = failure;
          if (state != null) {
            throw new SQLException("scripted", state);
          }
          return arguments;
        });
  }

  /** As when nobody answers (SQL state 08001). */
  void fail() {
    failWith("08001");
  }

  void failWith(String sqlState) {
    failure = sqlState;
  }

  void recover() {
    failure = null;
  }
}
