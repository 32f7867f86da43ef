package io.mcpoauth.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for tests: started once in a JVM, when first asked for, and stopped at its end.
 * Its data does not outlive it and is not written with care, which makes it fast.
 */
public final class TestPostgres {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;
  private static @Nullable TestDatabase template;

  private TestPostgres() {}

  /** A database of its own, without the schema. */
  public static TestDatabase emptyDatabase() {
    return create("");
  }

  /** A database of its own with the current schema. */
  public static synchronized TestDatabase migratedDatabase() {
    TestDatabase migrated = template;
    if (migrated == null) {
      migrated = emptyDatabase();
      Schema.at(migrated.dsn()).migrate();
      template = migrated;
    }
    return create(" template " + migrated.name());
  }

  private static synchronized TestDatabase create(String source) {
    String name = "test_" + NUMBER.incrementAndGet();
    EmbeddedPostgres postgres = server();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + source);
    } catch (SQLException e) {
      throw new IllegalStateException("could not create a test database", e);
    }
    return new TestDatabase(name, postgres.getPort());
  }

  private static synchronized EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      try {
        running =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = running;
    }
    return running;
  }
}
