package io.mcpoauth.jdbc;

/**
 * The statements of grants and codes. Each verb is one of them: PostgreSQL locks the row, looks at
 * the condition anew when another caller changed it meanwhile, and so lets one caller win.
 */
final class GrantSql {

  static final String CREATE =
      """
      with created as (
        insert into mcp_oauth.grants (
          id, client_id, user_id, provider, scopes, resource, sealed_profile)
        values (:grantId, :clientId, :userId, :provider, :scopes, :resource, :sealedProfile)
        returning id)
      insert into mcp_oauth.authorization_codes (
        id, grant_id, hash, redirect_uri, code_challenge, expires_at)
      select
        :codeId, created.id, :hash, :redirectUri, :codeChallenge,
        mcp_oauth.storage_time() + :codeLifetime * interval '1 microsecond'
      from created
      """;

  static final String FIND_CODE =
      """
      select
        c.id as code_id, c.hash, c.redirect_uri, c.code_challenge,
        g.id as grant_id, g.client_id, g.user_id, g.provider, g.scopes, g.resource, g.sealed_profile,
        g.profile_version
      from mcp_oauth.authorization_codes c
      join mcp_oauth.grants g on g.id = c.grant_id
      where c.id = :codeId
      """;

  /** Of a grant {@code g} and its code {@code c}. */
  private static final String USABLE =
      """
      g.revoked_at is null
      and case
        when g.redeemed_at is not null then g.idle_expires_at > mcp_oauth.storage_time()
        else c.burnt_at is null and c.expires_at > mcp_oauth.storage_time()
      end
      """;

  static final String FIND_USABLE =
      """
      select
        g.id as grant_id, g.client_id, g.user_id, g.provider, g.scopes, g.resource, g.sealed_profile,
        g.profile_version
      from mcp_oauth.grants g
      left join mcp_oauth.authorization_codes c on c.grant_id = g.id
      where g.id = :grantId and
      """
          + USABLE;

  static final String HAS_USABLE =
      """
      select true
      from mcp_oauth.grants g
      left join mcp_oauth.authorization_codes c on c.grant_id = g.id
      where g.user_id = :userId and g.provider = :provider and
      """
          + USABLE
          + "limit 1\n";

  static final String OF_USER =
      """
      select
        g.id as grant_id, g.client_id, g.user_id, g.provider, g.scopes, g.resource, g.sealed_profile,
        g.profile_version, g.redeemed_at,
        coalesce(g.replaced_at[1], g.redeemed_at) as last_used_at,
        c.redirect_uri
      from mcp_oauth.grants g
      left join mcp_oauth.authorization_codes c on c.grant_id = g.id
      where
        g.user_id = :userId
        and g.provider = :provider
        and g.revoked_at is null
        and g.redeemed_at is not null
        and g.idle_expires_at > mcp_oauth.storage_time()
      order by last_used_at desc, g.id
      limit :limit
      """;

  /** Failures after the redemption do not count: they must not hide a later replay. */
  static final String COUNT_FAILED_REDEMPTION =
      """
      update mcp_oauth.authorization_codes c
      set
        failed_redemptions = c.failed_redemptions + 1,
        burnt_at = case
          when c.failed_redemptions + 1 >= :burnAt then mcp_oauth.storage_time()
          else c.burnt_at
        end
      where
        c.id = :codeId
        and not exists (
          select from mcp_oauth.grants g where g.id = c.grant_id and g.redeemed_at is not null)
      """;

  /**
   * A grant has one code, so what is redeemed is the grant: one row, and no moment between a spent
   * code and a living grant (TC-26).
   */
  static final String REDEEM =
      """
      update mcp_oauth.grants g
      set
        redeemed_at = mcp_oauth.storage_time(),
        current_hash = :refreshToken,
        idle_expires_at =
          mcp_oauth.storage_time() + least(:idle, :absolute) * interval '1 microsecond',
        absolute_expires_at = mcp_oauth.storage_time() + :absolute * interval '1 microsecond'
      from mcp_oauth.authorization_codes c
      where
        c.id = :codeId
        and g.id = c.grant_id
        and c.burnt_at is null
        and c.expires_at > mcp_oauth.storage_time()
        and g.redeemed_at is null
        and g.revoked_at is null
      returning g.redeemed_at
      """;

  static final String WAS_REDEEMED =
      """
      select g.redeemed_at is not null and g.revoked_at is null
      from mcp_oauth.authorization_codes c
      join mcp_oauth.grants g on g.id = c.grant_id
      where c.id = :codeId
      """;

  static final String REVOKE =
      """
      with ended as (
        update mcp_oauth.grants
        set revoked_at = mcp_oauth.storage_time(), revocation_reason = :reason
        where id = :grantId and revoked_at is null
        returning id as subject),
      """
          + PostgresChanges.tell(PostgresChanges.GRANT_CHANGED);

  static final String REVOKE_ACCESS_TOKEN =
      """
      with ended as (
        insert into mcp_oauth.access_tokens (id, grant_id, revoked_at, expires_at)
        values (
          :tokenId, :grantId, mcp_oauth.storage_time(), :expiresAt)
        on conflict (id) do nothing
        returning id as subject),
      """
          + PostgresChanges.tell(PostgresChanges.ACCESS_TOKEN_REVOKED);

  private GrantSql() {}
}
