package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantSelection.Made;
import io.mcpoauth.core.spi.storage.GrantSelection.OfClient;
import io.mcpoauth.core.spi.storage.GrantSelection.OfUser;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;

/** The one verb that ends many grants. */
final class GrantEndings {

  static final String OF_CLIENT = statement("client_id = :clientId");
  static final String OF_USER = statement("user_id = :userId");
  static final String MADE =
      statement("created_at <= mcp_oauth.storage_time() - :age * interval '1 microsecond'");

  private final Database database;

  GrantEndings(Database database) {
    this.database = database;
  }

  List<Grant> end(GrantSelection selection, RevocationReason reason, String after, int limit) {
    if (selection instanceof OfClient of) {
      return isNobody(of.clientId())
          ? List.of()
          : end(OF_CLIENT, reason, after, limit, query -> query.bind("clientId", of.clientId()));
    }
    if (selection instanceof OfUser of) {
      return isNobody(of.userId())
          ? List.of()
          : end(OF_USER, reason, after, limit, query -> query.bind("userId", of.userId()));
    }
    long age = Values.microseconds(((Made) selection).atLeast());
    return end(MADE, reason, after, limit, query -> query.bind("age", age));
  }

  private static boolean isNobody(String id) {
    return !Values.isText(id);
  }

  private List<Grant> end(
      String statement,
      RevocationReason reason,
      String after,
      int limit,
      UnaryOperator<Query> selection) {
    return database.run(
        "end grants",
        handle ->
            selection
                .apply(handle.createQuery(statement))
                .bind("reason", reason.name())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> PostgresGrants.grant(row))
                .list());
  }

  /** The rows are locked and looked at anew: one that is ended meanwhile is not ended again. */
  private static String statement(String condition) {
    return """
    with meant as (
      select id
      from mcp_oauth.grants
      where
        id > :after
        and revoked_at is null
        and coalesce(idle_expires_at, 'infinity') > mcp_oauth.storage_time()
        and %s
      order by id
      limit :limit
      for update),
    ended as (
      update mcp_oauth.grants g
      set revoked_at = mcp_oauth.storage_time(), revocation_reason = :reason
      from meant
      where g.id = meant.id
      returning
        g.id as subject, g.client_id, g.user_id, g.provider, g.scopes, g.resource,
        g.sealed_profile, g.profile_version),
    %s
    select
      ended.subject as grant_id, ended.client_id, ended.user_id, ended.provider, ended.scopes,
      ended.resource, ended.sealed_profile, ended.profile_version,
      (select count(%s::text) from told)
    from ended
    order by ended.subject
    """
        .formatted(
            condition, PostgresChanges.told(PostgresChanges.GRANT_CHANGED), PostgresChanges.NOTIFY);
  }
}
