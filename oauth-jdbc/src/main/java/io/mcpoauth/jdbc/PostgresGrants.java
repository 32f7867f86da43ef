package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The tables {@code grants}, {@code authorization_codes} and {@code access_tokens}. */
final class PostgresGrants implements GrantStore {

  private final Database database;
  private final RefreshTokenRotation rotation;
  private final GrantEndings endings;

  PostgresGrants(Database database) {
    this.database = database;
    this.rotation = new RefreshTokenRotation(database);
    this.endings = new GrantEndings(database);
  }

  @Override
  public Insertion create(Grant grant, AuthorizationCode code, Duration codeLifetime) {
    return database.run(
        "create a grant",
        handle -> {
          try {
            insert(handle, grant, code, codeLifetime);
            return Insertion.INSERTED;
          } catch (UnableToExecuteStatementException e) {
            // Either id may be taken: the statement as a whole fails, so that neither row is kept.
            if (Failures.isUniqueViolation(e)) {
              return Insertion.ID_TAKEN;
            }
            throw e;
          }
        });
  }

  @Override
  public Optional<IssuedCode> findCode(String codeId) {
    if (!Values.isText(codeId)) {
      return Optional.empty();
    }
    return database.run(
        "find a code",
        handle ->
            handle
                .createQuery(GrantSql.FIND_CODE)
                .bind("codeId", codeId)
                .map((row, context) -> new IssuedCode(code(row), grant(row)))
                .findOne());
  }

  @Override
  public Optional<Grant> findUsable(String grantId) {
    if (!Values.isText(grantId)) {
      return Optional.empty();
    }
    return database.run(
        "find a grant",
        handle ->
            handle
                .createQuery(GrantSql.FIND_USABLE)
                .bind("grantId", grantId)
                .map((row, context) -> grant(row))
                .findOne());
  }

  @Override
  public List<UserGrant> ofUser(String userId, String provider, int limit) {
    if (!Values.isText(userId) || !Values.isText(provider)) {
      return List.of();
    }
    return database.run(
        "list the grants of a user",
        handle ->
            handle
                .createQuery(GrantSql.OF_USER)
                .bind("userId", userId)
                .bind("provider", provider)
                .bind("limit", limit)
                .map((row, context) -> userGrant(row))
                .list());
  }

  @Override
  public boolean hasUsable(String userId, String provider) {
    return Values.isText(userId)
        && Values.isText(provider)
        && database.run(
            "look for a grant of a user",
            handle ->
                handle
                    .createQuery(GrantSql.HAS_USABLE)
                    .bind("userId", userId)
                    .bind("provider", provider)
                    .mapTo(Boolean.class)
                    .findOne()
                    .isPresent());
  }

  @Override
  public void countFailedRedemption(String codeId, int burnAt) {
    if (Values.isText(codeId)) {
      database.run(
          "count a failed redemption",
          handle ->
              handle
                  .createUpdate(GrantSql.COUNT_FAILED_REDEMPTION)
                  .bind("codeId", codeId)
                  .bind("burnAt", burnAt)
                  .execute());
    }
  }

  @Override
  public Redemption redeem(String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
    if (!Values.isText(codeId)) {
      return new Redemption.Gone();
    }
    return database.run(
        "redeem a code",
        handle -> {
          Optional<Instant> redeemedAt =
              handle
                  .createQuery(GrantSql.REDEEM)
                  .bind("codeId", codeId)
                  .bind("refreshToken", refreshToken.toBytes())
                  .bind("idle", Values.microseconds(lifetime.idle()))
                  .bind("absolute", Values.microseconds(lifetime.absolute()))
                  .map((row, context) -> Values.instant(row, "redeemed_at"))
                  .findOne();
          if (redeemedAt.isPresent()) {
            return new Redemption.Redeemed(redeemedAt.get());
          }
          return wasRedeemed(handle, codeId)
              ? new Redemption.AlreadyRedeemed()
              : new Redemption.Gone();
        });
  }

  @Override
  public Rotation rotate(
      String grantId,
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow) {
    return Values.isText(grantId)
        ? rotation.rotate(grantId, presented, successor, lifetime, reuseWindow)
        : new Rotation.Gone();
  }

  @Override
  public boolean revoke(String grantId, RevocationReason reason) {
    return Values.isText(grantId)
        && database.run(
            "revoke a grant",
            handle ->
                handle
                    .createQuery(GrantSql.REVOKE)
                    .bind("grantId", grantId)
                    .bind("reason", reason.name())
                    .map((row, context) -> true)
                    .findOne()
                    .isPresent());
  }

  @Override
  public List<Grant> endAll(
      GrantSelection selection, RevocationReason reason, String after, int limit) {
    return endings.end(selection, reason, after, limit);
  }

  @Override
  public void revokeAccessToken(String tokenId, String grantId, Instant expiresAt) {
    if (!Values.isText(tokenId) || !Values.isText(grantId)) {
      return;
    }
    database.run(
        "revoke an access token",
        handle ->
            handle
                .createQuery(GrantSql.REVOKE_ACCESS_TOKEN)
                .bind("tokenId", tokenId)
                .bind("grantId", grantId)
                .bind("expiresAt", Values.timestamp(expiresAt))
                .map((row, context) -> true)
                .findOne());
  }

  private static void insert(
      Handle handle, Grant grant, AuthorizationCode code, Duration codeLifetime) {
    handle
        .createUpdate(GrantSql.CREATE)
        .bind("grantId", grant.id())
        .bind("clientId", grant.clientId())
        .bind("userId", grant.userId())
        .bind("provider", grant.provider())
        .bindArray("scopes", String.class, grant.scopes().values())
        .bind("resource", grant.resource().value())
        .bind("sealedProfile", grant.sealedProfile().toBytes())
        .bind("codeId", code.id())
        .bind("hash", code.hash().toBytes())
        .bind("redirectUri", code.redirectUri().value())
        .bind("codeChallenge", code.codeChallenge().value())
        .bind("codeLifetime", Values.microseconds(codeLifetime))
        .execute();
  }

  private static boolean wasRedeemed(Handle handle, String codeId) {
    return handle
        .createQuery(GrantSql.WAS_REDEEMED)
        .bind("codeId", codeId)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  private static UserGrant userGrant(ResultSet row) throws SQLException {
    String redirectUri = row.getString("redirect_uri");
    return new UserGrant(
        grant(row),
        redirectUri == null ? null : new RedirectUri(redirectUri),
        Values.instant(row, "redeemed_at"),
        Values.instant(row, "last_used_at"));
  }

  private static AuthorizationCode code(ResultSet row) throws SQLException {
    return new AuthorizationCode(
        row.getString("code_id"),
        Values.hash(row, "hash"),
        new RedirectUri(row.getString("redirect_uri")),
        new CodeChallenge(row.getString("code_challenge")));
  }

  static Grant grant(ResultSet row) throws SQLException {
    return new Grant(
        row.getString("grant_id"),
        row.getString("client_id"),
        row.getString("user_id"),
        row.getString("provider"),
        new Scopes(Values.texts(row, "scopes")),
        new ResourceUri(row.getString("resource")),
        Values.sealed(row, "sealed_profile"),
        row.getLong("profile_version"));
  }
}
