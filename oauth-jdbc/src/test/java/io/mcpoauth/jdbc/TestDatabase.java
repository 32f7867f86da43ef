package io.mcpoauth.jdbc;

import io.mcpoauth.core.secret.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/** One database of {@link TestPostgres}. */
public final class TestDatabase {

  private final String name;
  private final int port;

  TestDatabase(String name, int port) {
    this.name = name;
    this.port = port;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** Its DSN as an operator would write it. */
  public String dsnText() {
    return "postgres://postgres:postgres@localhost:" + port + "/" + name + "?sslmode=disable";
  }

  /** Its DSN. */
  public PostgresDsn dsn() {
    return PostgresDsn.parse(Secret.of(dsnText()));
  }

  /** Plain connections, not pooled. */
  public DataSource dataSource() {
    return dsn().dataSource();
  }

  /** Runs statements, for tests that look at or break what is stored. */
  public void execute(String sql) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("could not execute: " + sql, e);
    }
  }

  /** The number that a query answers with. */
  public long number(String sql) {
    return Long.parseLong(text(sql));
  }

  /** The one value that a query answers with, as text; empty where it is null. */
  public String text(String sql) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return Objects.toString(result.getString(1), "");
    } catch (SQLException e) {
      throw new IllegalStateException("could not execute: " + sql, e);
    }
  }

  /** Sets storage's clock to that long after the real time. */
  public void setClockAhead(Duration ahead) {
    execute(
        "create or replace function mcp_oauth.storage_time() returns timestamptz"
            + " language sql stable as 'select now() + interval ''"
            + ahead.toMillis()
            + " milliseconds'''");
  }

  /** Removes all facts, keeps the schema, and sets storage's clock right. */
  public void clear() {
    execute(
        "truncate mcp_oauth.clients, mcp_oauth.assertions, mcp_oauth.logins, mcp_oauth.grants,"
            + " mcp_oauth.authorization_codes, mcp_oauth.access_tokens, mcp_oauth.signing_keys,"
            + " mcp_oauth.sessions, mcp_oauth.agreements, mcp_oauth.changes");
    setClockAhead(Duration.ZERO);
  }
}
