package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantSelection.Made;
import io.mcpoauth.core.spi.storage.GrantSelection.OfClient;
import io.mcpoauth.core.spi.storage.GrantSelection.OfUser;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;

/** The one verb that ends many grants. */
final class GrantEndings {

  static final String OF_CLIENT = statement("client_id = :clientId");
  static final String OF_USER = statement("user_id = :userId");
  static final String MADE =
      statement(
          "id <= :upTo and created_at <= mcp_oauth.storage_time() - :age * interval '1"
              + " microsecond'");
  static final String LAST_OF_WINDOW =
      """
      select max(id)
      from (select id from mcp_oauth.grants where id > :after order by id limit :window) looked
      """;

  /** So few that all of them can be looked at well within the time that a statement has. */
  private static final int WINDOW = 5_000;

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
    return endMade(Values.microseconds(((Made) selection).atLeast()), reason, after, limit);
  }

  /**
   * Looks at window after window: no index leads to the old ones in the order of their ids, and
   * where they are few, a single statement might look at all grants before it found one.
   */
  private List<Grant> endMade(long age, RevocationReason reason, String after, int limit) {
    String from = after;
    for (Optional<String> upTo = lastOfWindow(from); upTo.isPresent(); upTo = lastOfWindow(from)) {
      String last = upTo.get();
      List<Grant> ended =
          end(MADE, reason, from, limit, query -> query.bind("age", age).bind("upTo", last));
      if (!ended.isEmpty()) {
        return ended;
      }
      from = last;
    }
    return List.of();
  }

  /** Empty when no grant comes after that one. */
  private Optional<String> lastOfWindow(String after) {
    return database.run(
        "look for grants",
        handle ->
            handle
                .createQuery(LAST_OF_WINDOW)
                .bind("after", after)
                .bind("window", WINDOW)
                .mapTo(String.class)
                .findOne());
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
