package io.mcpoauth.jdbc;

import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;

/** The statements of clients, one for each verb. */
final class ClientSql {

  static final String INSERT =
      """
      insert into mcp_oauth.clients (
        id, name, redirect_uris, authentication_method, secret_hash, grant_types, origin, metadata,
        created_at, registration_hash)
      values (
        :id, :name, :redirectUris, :authenticationMethod, :secretHash, :grantTypes, :origin,
        :metadata, :createdAt, :accessToken)
      on conflict (id) do nothing
      """;

  private static final String SELECT =
      """
      select
        id, name, redirect_uris, authentication_method, secret_hash, grant_types, origin, metadata,
        created_at
      from mcp_oauth.clients
      """;

  static final String FIND = SELECT + "where id = :id";

  static final String FIND_MANAGED = FIND + " and registration_hash = :accessToken";

  static final String LIST = SELECT + "where id > :after order by id limit :limit";

  static final String RENEW =
      """
      update mcp_oauth.clients set renewed_at = mcp_oauth.storage_time() where id = :id
      """;

  static final String REPLACE =
      """
      update mcp_oauth.clients
      set
        name = :name,
        redirect_uris = :redirectUris,
        authentication_method = :authenticationMethod,
        secret_hash = :secretHash,
        grant_types = :grantTypes,
        metadata = :metadata,
        registration_hash = :successor
      where id = :id and registration_hash = :accessToken
      """;

  /** Answers one row for the client that is gone. */
  static final String DELETE =
      delete(
          "id = :id",
          """
          select gone.id, (select count(%s::text) from told) from gone
          """);

  /** Answers a row for each grant that lived, or one without a grant; none if no client is gone. */
  static final String DELETE_MANAGED =
      delete(
          "id = :id and registration_hash = :accessToken",
          """
          select
            ended.subject as grant_id, ended.client_id, ended.user_id, ended.provider,
            ended.scopes, ended.resource, ended.sealed_profile, ended.profile_version,
            (select count(%s::text) from told)
          from gone
          left join ended
            on coalesce(ended.idle_expires_at, 'infinity') > mcp_oauth.storage_time()
          """);

  /** The rows are locked and looked at anew: a client that is renewed meanwhile stays. */
  static final String DELETE_UNUSED =
      """
      delete from mcp_oauth.clients
      where id in (
        select c.id
        from mcp_oauth.clients c
        where
          c.origin = 'DYNAMIC'
          and c.renewed_at <= mcp_oauth.storage_time() - :neverUsedFor * interval '1 microsecond'
          and coalesce(c.last_used_at, '-infinity')
            <= mcp_oauth.storage_time() - :idleFor * interval '1 microsecond'
          and not exists (
            select from mcp_oauth.grants g
            where
              g.client_id = c.id
              and (
                g.revoked_at is null and g.idle_expires_at > mcp_oauth.storage_time()
                or greatest(g.created_at, g.redeemed_at, g.replaced_at[1])
                  > mcp_oauth.storage_time() - :idleFor * interval '1 microsecond'))
        order by c.renewed_at
        limit :limit
        for update skip locked)
      """;

  private ClientSql() {}

  /**
   * Removes the client and ends its grants.
   *
   * @param answer selects from what is gone and ended, and has a place for what tells the listeners
   */
  private static String delete(String condition, String answer) {
    return """
    with gone as (
      delete from mcp_oauth.clients where %s returning id),
    ended as (
      update mcp_oauth.grants g
      set revoked_at = mcp_oauth.storage_time(), revocation_reason = '%s'
      from gone
      where g.client_id = gone.id and g.revoked_at is null
      returning
        g.id as subject, g.client_id, g.user_id, g.provider, g.scopes, g.resource,
        g.sealed_profile, g.profile_version, g.idle_expires_at),
    %s
    %s
    """
        .formatted(
            condition,
            RevocationReason.CLIENT_DELETED,
            PostgresChanges.told(PostgresChanges.GRANT_CHANGED),
            answer.formatted(PostgresChanges.NOTIFY));
  }
}
