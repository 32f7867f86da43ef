package io.mcpoauth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.mcpoauth.core.spi.storage.AgreementStore;
import io.mcpoauth.core.spi.storage.AssertionStore;
import io.mcpoauth.core.spi.storage.ChangeFeed;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.LoginStore;
import io.mcpoauth.core.spi.storage.ProfileStore;
import io.mcpoauth.core.spi.storage.RegistrationStore;
import io.mcpoauth.core.spi.storage.SessionStore;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Storage on PostgreSQL, with the tables of {@link Schema}. Any number of instances may use the
 * same database. Needs a primary: a replica would answer with what was true a while ago (DB-08).
 */
public final class PostgresStorage implements Storage {

  /** A pool size that serves many requests per second: no verb holds a connection for long. */
  public static final int DEFAULT_POOL_SIZE = 10;

  /** Fewer than a server has threads, so that it can serve what needs no storage meanwhile. */
  private static final int MAX_WAITING = 100;

  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(3);
  private static final Duration VALIDATION_WAIT = Duration.ofSeconds(2);

  private final Database upkeep;
  private final PostgresClients clients;
  private final AssertionStore assertions;
  private final LoginStore logins;
  private final PostgresGrants grants;
  private final ProfileStore profiles;
  private final SessionStore sessions;
  private final SigningKeyStore signingKeys;
  private final AgreementStore agreements;
  private final PostgresChanges changes;
  private final EndedFacts endedFacts;
  private final Runnable release;

  /**
   * The stores.
   *
   * @param upkeep the same database, for what must be known even when too many wait for it:
   *     otherwise a slow database would end the traffic that does not need it
   */
  private PostgresStorage(
      Database database, Database upkeep, DataSource listening, Runnable release) {
    this.upkeep = upkeep;
    this.clients = new PostgresClients(database);
    this.assertions = new PostgresAssertions(database);
    this.logins = new PostgresLogins(database);
    this.grants = new PostgresGrants(database);
    this.profiles = new PostgresProfiles(database, grants);
    this.sessions = new PostgresSessions(database);
    this.signingKeys = new PostgresSigningKeys(database);
    this.agreements = new PostgresAgreements(upkeep);
    this.changes = new PostgresChanges(upkeep, listening);
    this.endedFacts = new EndedFacts(database);
    this.release = release;
  }

  /**
   * Storage with a connection pool of its own, closed with it. Does not connect yet. A call waits 3
   * s for a connection and 5 s for its statement at most; where the network is silent, 7 s. When
   * 100 calls wait, further ones fail at once. What must go on then, such as the change feed, has a
   * connection of its own, and a subscription to the feed another.
   *
   * @param poolSize the most connections at a time, see {@link #DEFAULT_POOL_SIZE}
   */
  public static PostgresStorage connect(PostgresDsn dsn, int poolSize) {
    PostgresSource source = dsn.boundedDataSource(Database.STATEMENT_SECONDS);
    HikariDataSource pool = pool("mcp-oauth", source, poolSize);
    HikariDataSource upkeep = pool("mcp-oauth-upkeep", source, 1);
    return new PostgresStorage(
        new Database(pool, source::endsLongStatements, poolSize + MAX_WAITING),
        new Database(upkeep, source::endsLongStatements),
        dsn.boundedDataSource(0),
        () -> {
          pool.close();
          upkeep.close();
        });
  }

  private static HikariDataSource pool(String name, DataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.setValidationTimeout(VALIDATION_WAIT.toMillis());
    // The database may come up after us: that is for ping() to tell, not for the constructor.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /**
   * Storage on connections of the host's, which stay the host's to close. Each statement is ended
   * after 5 s; how long a connection may take to get is the source's own matter. A subscription to
   * the change feed keeps one connection.
   */
  public static PostgresStorage on(DataSource source) {
    Database database = new Database(source, () -> false);
    return new PostgresStorage(database, database, source, () -> {});
  }

  @Override
  public ClientStore clients() {
    return clients;
  }

  @Override
  public RegistrationStore registrations() {
    return clients;
  }

  @Override
  public AssertionStore assertions() {
    return assertions;
  }

  @Override
  public LoginStore logins() {
    return logins;
  }

  @Override
  public GrantStore grants() {
    return grants;
  }

  @Override
  public ProfileStore profiles() {
    return profiles;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public SigningKeyStore signingKeys() {
    return signingKeys;
  }

  @Override
  public AgreementStore agreements() {
    return agreements;
  }

  @Override
  public ChangeFeed changes() {
    return changes;
  }

  @Override
  public boolean deleteEnded(Duration keptFor, int limit) {
    return endedFacts.delete(keptFor, limit);
  }

  /** Asks for the time, which needs the database and its schema. */
  @Override
  public void ping() {
    upkeep.run(
        "ask for the time",
        handle -> handle.createQuery("select mcp_oauth.storage_time()").mapTo(String.class).one());
  }

  @Override
  public void close() {
    changes.close();
    release.run();
  }
}
