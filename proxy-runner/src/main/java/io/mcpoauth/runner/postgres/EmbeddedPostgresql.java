package io.mcpoauth.runner.postgres;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.runner.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server that this process starts and stops. Its data stays in the folder between
 * runs and is as durable as any PostgreSQL's; it listens on 127.0.0.1 and asks for a password. It
 * outlives a process that is killed; the next start on the folder stops it first.
 */
public final class EmbeddedPostgresql implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresql.class);

  private final DataFolderLock lock;
  private final PostgresqlCluster cluster;
  private final int port;
  private final Secret password;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgresql(
      DataFolderLock lock, PostgresqlCluster cluster, int port, Secret password) {
    this.lock = lock;
    this.cluster = cluster;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server on a free port, and makes the database on the first run.
   *
   * @param folder for programs, data, log and password; made with mode 0700 when missing
   * @param secrets source of the superuser's password
   * @throws EmbeddedPostgresqlException when the folder is in use, its data is of another major
   *     version, or the server does not start
   */
  public static EmbeddedPostgresql start(Path folder, SecretSource secrets) {
    try {
      Path home = PrivateFiles.createFolder(folder);
      DataFolderLock lock = DataFolderLock.acquire(home.resolve("lock"));
      try {
        return start(home, secrets, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresqlException(
          "The embedded PostgreSQL in %s does not start: %s".formatted(folder, e), e);
    }
  }

  private static EmbeddedPostgresql start(Path home, SecretSource secrets, DataFolderLock lock)
      throws IOException {
    Path binaries = PostgresqlBinaries.unpack(home.resolve("programs"));
    PostgresqlCluster cluster = new PostgresqlCluster(PostgresqlPrograms.in(binaries), home);
    Path passwordFile = home.resolve("superuser-password");
    if (cluster.exists() && !Files.exists(passwordFile)) {
      throw new EmbeddedPostgresqlException(
          "%s is missing. Restore it, or move %s away to start with an empty database."
              .formatted(passwordFile, home));
    }
    Secret password =
        Secret.of(PrivateFiles.readOrCreate(passwordFile, () -> secrets.secret().expose()));
    cluster.stopLeftOver();
    if (!cluster.exists()) {
      cluster.initialise(passwordFile);
    }
    cluster.requireSameMajorVersion();
    int port = cluster.start();
    LOG.info("PostgreSQL runs on 127.0.0.1:{}, its data is in {}", port, home);
    return new EmbeddedPostgresql(lock, cluster, port, password);
  }

  /** The JDBC address, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The superuser's name. */
  public String user() {
    return PostgresqlCluster.SUPERUSER;
  }

  /** The superuser's password. */
  public Secret password() {
    return password;
  }

  /** All of it as one {@code postgres://} address; the password is in it. */
  public Secret dsn() {
    return Secret.of(
        "postgres://%s:%s@127.0.0.1:%d/postgres".formatted(user(), password.expose(), port));
  }

  /** Shuts the server down cleanly and frees the folder; a second call does nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try (lock) {
      cluster.stop();
    } catch (IOException | EmbeddedPostgresqlException e) {
      LOG.warn("The embedded PostgreSQL did not stop cleanly: {}", e.getMessage());
    }
  }

  @Override
  public String toString() {
    return "EmbeddedPostgresql[" + jdbcUrl() + "]";
  }
}
