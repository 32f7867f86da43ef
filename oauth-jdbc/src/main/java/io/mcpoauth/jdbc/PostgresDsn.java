package io.mcpoauth.jdbc;

import io.mcpoauth.core.secret.Secret;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is and who asks: {@code postgres://user:password@host:port/database?option=...}.
 *
 * <p>The form is the one of libpq ({@code postgres://} and {@code postgresql://} are the same);
 * special characters in any part are percent-encoded. Options are those of pgjdbc under their own
 * names, and libpq's {@code application_name} and {@code connect_timeout}. An option that neither
 * knows is refused: a mistyped {@code sslmode} that is passed over would take away the encryption.
 */
public final class PostgresDsn {

  /** Longer than a statement may take, so that the server's own end of it is heard of. */
  static final int SOCKET_SECONDS = 7;

  private static final int CONNECT_SECONDS = 3;

  private final String host;
  private final int port;
  private final String database;
  private final String user;
  private final Secret password;
  private final Map<String, String> options;

  PostgresDsn(
      String host,
      int port,
      String database,
      String user,
      Secret password,
      Map<String, String> options) {
    this.host = host;
    this.port = port;
    this.database = database;
    this.user = user;
    this.password = password;
    this.options = Map.copyOf(options);
  }

  /**
   * Reads a DSN.
   *
   * @param text a secret, because it holds the password
   * @throws IllegalArgumentException with a message fit for an operator that completes "the DSN
   *     ..." and holds no part of the password
   */
  public static PostgresDsn parse(Secret text) {
    return new DsnParser(text.expose()).parse();
  }

  /** The name or address, an IPv6 one in brackets. */
  public String host() {
    return host;
  }

  /** The port, 5432 when the DSN has none. */
  public int port() {
    return port;
  }

  /** The name of the database. */
  public String database() {
    return database;
  }

  /** The name of the role. */
  public String user() {
    return user;
  }

  /** Options of pgjdbc by name. */
  public Map<String, String> options() {
    return options;
  }

  /** Without password and options. */
  @Override
  public String toString() {
    return "postgres://" + user + "@" + host + ":" + port + "/" + database;
  }

  /** Connections on which a call may take as long as it needs, for migrations. */
  DataSource dataSource() {
    return source(0);
  }

  /**
   * Connections on which a silent network ends a call.
   *
   * @param statementSeconds as of {@link PostgresSource}
   */
  PostgresSource boundedDataSource(int statementSeconds) {
    PostgresSource source = source(statementSeconds);
    setUnlessOption(source, PGProperty.SOCKET_TIMEOUT, String.valueOf(SOCKET_SECONDS));
    return source;
  }

  private PostgresSource source(int statementSeconds) {
    PostgresSource source = new PostgresSource(statementSeconds);
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(password.expose());
    setUnlessOption(source, PGProperty.APPLICATION_NAME, "mcp-oauth-proxy");
    setUnlessOption(source, PGProperty.CONNECT_TIMEOUT, String.valueOf(CONNECT_SECONDS));
    setUnlessOption(source, PGProperty.TCP_KEEP_ALIVE, "true");
    // The server's error details quote the values of rows.
    setUnlessOption(source, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
    options.forEach((name, value) -> set(source, name, value));
    return source;
  }

  private void setUnlessOption(PGSimpleDataSource source, PGProperty property, String value) {
    if (!options.containsKey(property.getName())) {
      set(source, property.getName(), value);
    }
  }

  private static void set(PGSimpleDataSource source, String name, String value) {
    try {
      source.setProperty(name, value);
    } catch (SQLException e) {
      throw new IllegalArgumentException("has an option that pgjdbc refuses: " + name);
    }
  }
}
