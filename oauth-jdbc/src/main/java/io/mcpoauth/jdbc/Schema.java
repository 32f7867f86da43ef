package io.mcpoauth.jdbc;

import io.mcpoauth.core.spi.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/**
 * The tables in the database schema {@code mcp_oauth}: all that this product has there, and nothing
 * outside of it.
 *
 * <p>Each migration has to be compatible with the release before it, so that instances of two
 * releases can run side by side during an upgrade (DB-18).
 */
public final class Schema {

  private static final String NAME = "mcp_oauth";
  private static final String LOCATION = "io/mcpoauth/jdbc/migration";
  private static final List<String> MIGRATIONS = List.of("V1__first_tables.sql");

  /** Any number that nobody else in the same database locks: "mcp_oaut" in ASCII. */
  private static final long LOCK = 0x6d63705f6f617574L;

  private final DataSource migrating;
  private final Database patient;
  private final Database bounded;

  private Schema(DataSource migrating, DataSource checking) {
    this.migrating = migrating;
    this.patient = new Database(migrating, () -> true);
    this.bounded = new Database(checking, () -> false);
  }

  /** What a database has of the schema. */
  public enum State {
    /** Nothing. */
    MISSING,
    /** Less than this release needs. */
    OUTDATED,
    /** What this release needs. */
    CURRENT,
    /** More than this release knows of, which it can live with. */
    NEWER
  }

  /** The schema at that DSN; each call makes connections of its own. */
  public static Schema at(PostgresDsn dsn) {
    return new Schema(dsn.dataSource(), dsn.boundedDataSource(0));
  }

  /** The schema on connections of the host's; {@link #migrate} needs several at a time. */
  public static Schema on(DataSource source) {
    return new Schema(source, source);
  }

  /** All migrations as SQL text, for people who apply it by hand. */
  public static String sql() {
    return MIGRATIONS.stream()
        .map(name -> "-- " + name + "\nbegin;\n" + read(name) + "commit;\n")
        .collect(Collectors.joining("\n", "create schema if not exists " + NAME + ";\n\n", ""));
  }

  /**
   * What the database has.
   *
   * @throws StorageException when it does not answer
   */
  public State check() {
    return bounded.run("check the schema", handle -> state(version(handle)));
  }

  /**
   * Brings the schema to this release's state, if it is not there. Instances that start at the same
   * time wait for each other, up to a minute. A schema that was made by hand is taken over.
   *
   * @throws StorageException when the database does not answer or refuses a migration
   */
  public void migrate() {
    if (needsMigration(check())) {
      patient.run("migrate the schema", handle -> handle.inTransaction(this::migrateAlone));
    }
  }

  /** Holds the lock as long as the transaction, which does nothing else, is open. */
  private int migrateAlone(Handle handle) {
    handle.execute("set local lock_timeout = '60s'");
    handle.execute("set local statement_timeout = 0");
    handle.execute("set local idle_in_transaction_session_timeout = 0");
    handle.createQuery("select pg_advisory_xact_lock(?)").bind(0, LOCK).mapTo(String.class).one();
    int version = version(handle);
    if (!needsMigration(state(version))) {
      return 0;
    }
    try {
      return flyway(version).migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw new StorageException("could not migrate the schema", e);
    }
  }

  private Flyway flyway(int version) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(migrating)
        .schemas(NAME)
        .defaultSchema(NAME)
        .table("schema_history")
        .locations("classpath:" + LOCATION)
        .failOnMissingLocations(true)
        .placeholderReplacement(false)
        .cleanDisabled(true)
        // Tables made by hand have no history yet; this has no effect where there is one.
        .baselineOnMigrate(version > 0)
        .baselineVersion(String.valueOf(version))
        .load();
  }

  private static boolean needsMigration(State state) {
    return switch (state) {
      case MISSING, OUTDATED -> true;
      case CURRENT, NEWER -> false;
    };
  }

  private static State state(int version) {
    if (version == 0) {
      return State.MISSING;
    }
    int compared = Integer.compare(version, MIGRATIONS.size());
    return compared < 0 ? State.OUTDATED : compared == 0 ? State.CURRENT : State.NEWER;
  }

  /** The number of the newest migration in the database, 0 where there is none. */
  private static int version(Handle handle) {
    boolean exists =
        handle
            .createQuery("select to_regprocedure('mcp_oauth.schema_version()') is not null")
            .mapTo(Boolean.class)
            .one();
    return exists
        ? handle.createQuery("select mcp_oauth.schema_version()").mapTo(Integer.class).one()
        : 0;
  }

  private static String read(String migration) {
    try (InputStream in =
        Objects.requireNonNull(
            Schema.class.getResourceAsStream("migration/" + migration), migration)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
