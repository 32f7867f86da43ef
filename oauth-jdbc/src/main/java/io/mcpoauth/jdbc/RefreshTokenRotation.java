package io.mcpoauth.jdbc;

import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import io.mcpoauth.core.spi.storage.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The one verb of refresh tokens, whose state is a few columns of {@code grants}: the current hash,
 * and the hashes that it replaced last with the time of each.
 */
final class RefreshTokenRotation {

  /** The family's end is fixed at its redemption; a rotation moves only the idle limit (TR-13). */
  static final String ROTATE =
      """
      update mcp_oauth.grants
      set
        replaced_hashes = (array_prepend(current_hash, replaced_hashes))[1\\:10],
        replaced_at = (array_prepend(mcp_oauth.storage_time(), replaced_at))[1\\:10],
        current_hash = :successor,
        generation = generation + 1,
        idle_expires_at = least(
          mcp_oauth.storage_time() + :idle * interval '1 microsecond', absolute_expires_at)
      where
        id = :grantId
        and revoked_at is null
        and current_hash = :presented
        and idle_expires_at > mcp_oauth.storage_time()
      returning mcp_oauth.storage_time() as at, idle_expires_at as ends_at
      """;

  static final String FIND_LIVE =
      """
      select
        current_hash,
        mcp_oauth.storage_time() as at,
        idle_expires_at as ends_at,
        exists (
          select from unnest(replaced_hashes, replaced_at) as replaced (hash, at)
          where
            replaced.hash = :presented
            and replaced.at + :reuseWindow * interval '1 microsecond' > mcp_oauth.storage_time()
        ) as is_recent
      from mcp_oauth.grants
      where
        id = :grantId
        and revoked_at is null
        and idle_expires_at > mcp_oauth.storage_time()
      """;

  private static final int ATTEMPTS = 3;

  private final Database database;

  RefreshTokenRotation(Database database) {
    this.database = database;
  }

  /** What a live grant knows of its tokens. */
  private record Tokens(SecretHash current, Instant at, Instant endsAt, boolean isRecent) {

    Rotation answer() {
      return isRecent
          ? new Rotation.RecentlyRotated(current, at, endsAt)
          : new Rotation.Superseded();
    }
  }

  Rotation rotate(
      String grantId,
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow) {
    for (int tries = 0; tries < ATTEMPTS; tries++) {
      Optional<Rotation> rotated = replace(grantId, presented, successor, lifetime);
      if (rotated.isPresent()) {
        return rotated.get();
      }
      Optional<Tokens> tokens = findLive(grantId, presented, reuseWindow);
      if (tokens.isEmpty()) {
        return new Rotation.Gone();
      }
      // It may have become the current token between the two statements: then it can be replaced.
      if (!tokens.get().current.matches(presented)) {
        return tokens.get().answer();
      }
    }
    throw new StorageException(
        "could not rotate a refresh token", new SQLTransientException("others came first"));
  }

  private Optional<Rotation> replace(
      String grantId, SecretHash presented, SecretHash successor, RefreshLifetime lifetime) {
    return database.run(
        "rotate a refresh token",
        handle ->
            handle
                .createQuery(ROTATE)
                .bind("grantId", grantId)
                .bind("presented", presented.toBytes())
                .bind("successor", successor.toBytes())
                .bind("idle", Values.microseconds(lifetime.idle()))
                .map((row, context) -> rotated(row))
                .findOne());
  }

  private Optional<Tokens> findLive(String grantId, SecretHash presented, Duration reuseWindow) {
    return database.run(
        "find a refresh token",
        (Handle handle) ->
            handle
                .createQuery(FIND_LIVE)
                .bind("grantId", grantId)
                .bind("presented", presented.toBytes())
                .bind("reuseWindow", Values.microseconds(reuseWindow))
                .map((row, context) -> tokens(row))
                .findOne());
  }

  private static Rotation rotated(ResultSet row) throws SQLException {
    return new Rotation.Rotated(Values.instant(row, "at"), Values.instant(row, "ends_at"));
  }

  private static Tokens tokens(ResultSet row) throws SQLException {
    return new Tokens(
        Values.hash(row, "current_hash"),
        Values.instant(row, "at"),
        Values.instant(row, "ends_at"),
        row.getBoolean("is_recent"));
  }
}
