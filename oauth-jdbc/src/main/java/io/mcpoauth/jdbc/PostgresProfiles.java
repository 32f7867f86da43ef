package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.ProfileStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** The columns of {@code grants} that change when the provider's tokens do. */
final class PostgresProfiles implements ProfileStore {

  static final String CLAIM =
      """
      update mcp_oauth.grants g
      set profile_claimed_until = mcp_oauth.storage_time() + :lease * interval '1 microsecond'
      where
        g.id = :grantId
        and g.profile_version = :version
        and g.revoked_at is null
        and g.idle_expires_at > mcp_oauth.storage_time()
        and (g.profile_claimed_until is null
          or g.profile_claimed_until <= mcp_oauth.storage_time())
      returning
        g.id as grant_id, g.client_id, g.user_id, g.provider, g.scopes, g.resource,
        g.sealed_profile, g.profile_version
      """;

  static final String REPLACE =
      """
      with ended as (
        update mcp_oauth.grants
        set
          sealed_profile = :profile,
          profile_version = profile_version + 1,
          profile_claimed_until = null
        where
          id = :grantId
          and profile_version = :version
          and revoked_at is null
          and idle_expires_at > mcp_oauth.storage_time()
        returning id as subject),
      """
          + PostgresChanges.tell(PostgresChanges.GRANT_CHANGED);

  static final String RELEASE =
      """
      update mcp_oauth.grants
      set profile_claimed_until = null
      where id = :grantId and profile_version = :version
      """;

  static final String LIST =
      """
      select id, profile_version, sealed_profile
      from mcp_oauth.grants
      where id > :after and revoked_at is null
      order by id
      limit :limit
      """;

  static final String RESEAL =
      """
      update mcp_oauth.grants
      set sealed_profile = :profile
      where id = :grantId and profile_version = :version
      """;

  static final String END =
      """
      with ended as (
        update mcp_oauth.grants
        set revoked_at = mcp_oauth.storage_time(), revocation_reason = :reason
        where id = :grantId and profile_version = :version and revoked_at is null
        returning id as subject),
      """
          + PostgresChanges.tell(PostgresChanges.GRANT_CHANGED);

  private final Database database;
  private final PostgresGrants grants;

  PostgresProfiles(Database database, PostgresGrants grants) {
    this.database = database;
    this.grants = grants;
  }

  @Override
  public Claim claim(String grantId, long version, Duration lease) {
    if (!Values.isText(grantId)) {
      return new Claim.Gone();
    }
    Optional<Grant> claimed =
        database.run(
            "claim a profile",
            handle ->
                handle
                    .createQuery(CLAIM)
                    .bind("grantId", grantId)
                    .bind("version", version)
                    .bind("lease", Values.microseconds(lease))
                    .map((row, context) -> PostgresGrants.grant(row))
                    .findOne());
    if (claimed.isPresent()) {
      return new Claim.Claimed(claimed.get());
    }
    return grants
        .findUsable(grantId)
        .<Claim>map(
            grant ->
                grant.profileVersion() == version ? new Claim.Busy() : new Claim.Replaced(grant))
        .orElseGet(Claim.Gone::new);
  }

  @Override
  public boolean replace(String grantId, long version, Sealed profile) {
    return Values.isText(grantId)
        && database.run(
            "replace a profile",
            handle ->
                changesOne(
                    handle
                        .createQuery(REPLACE)
                        .bind("grantId", grantId)
                        .bind("version", version)
                        .bind("profile", profile.toBytes())));
  }

  @Override
  public void release(String grantId, long version) {
    if (Values.isText(grantId)) {
      database.run(
          "release a profile",
          handle ->
              handle
                  .createUpdate(RELEASE)
                  .bind("grantId", grantId)
                  .bind("version", version)
                  .execute());
    }
  }

  @Override
  public List<SealedProfile> list(String after, int limit) {
    return database.run(
        "list profiles",
        handle ->
            handle
                .createQuery(LIST)
                .bind("after", after)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new SealedProfile(
                            row.getString("id"),
                            row.getLong("profile_version"),
                            Values.sealed(row, "sealed_profile")))
                .list());
  }

  @Override
  public boolean reseal(String grantId, long version, Sealed profile) {
    return Values.isText(grantId)
        && database.run(
            "reseal a profile",
            handle ->
                handle
                        .createUpdate(RESEAL)
                        .bind("grantId", grantId)
                        .bind("version", version)
                        .bind("profile", profile.toBytes())
                        .execute()
                    == 1);
  }

  @Override
  public boolean end(String grantId, long version, RevocationReason reason) {
    return Values.isText(grantId)
        && database.run(
            "end a grant of that version",
            handle ->
                changesOne(
                    handle
                        .createQuery(END)
                        .bind("grantId", grantId)
                        .bind("version", version)
                        .bind("reason", reason.name())));
  }

  private static boolean changesOne(Query query) {
    return query.map((row, context) -> true).findOne().isPresent();
  }
}
