package io.mcpoauth.jdbc;

import java.time.Duration;
import java.util.List;

/**
 * Removes rows of all tables that ended long ago. Each statement elects its caller by a lock that
 * ends with it, and leaves rows alone that somebody else has locked (DB-15).
 */
final class EndedFacts {

  /** Any number that nobody else in the same database locks: "mcp_swee" in ASCII. */
  static final long LOCK = 0x6d63705f73776565L;

  private static final String LEADER =
      "with leader as materialized (select pg_try_advisory_xact_lock(%d) as elected)"
          .formatted(LOCK);

  /** Clients stay as used as they were: the last use of a grant outlives it (RG-22). */
  private static final String GRANTS =
      LEADER
          + """
          , gone as (
            delete from mcp_oauth.grants
            where id in (
              select id
              from mcp_oauth.grants
              where
                ends_on < (
                  (mcp_oauth.storage_time() - :keptFor * interval '1 microsecond')
                  at time zone 'UTC')::date
                and (select elected from leader)
              order by ends_on
              limit :limit
              for update skip locked)
            returning client_id, greatest(created_at, redeemed_at, replaced_at[1]) as used_at),
          uses as (
            update mcp_oauth.clients c
            set last_used_at = greatest(c.last_used_at, latest.used_at)
            from (select client_id, max(used_at) as used_at from gone group by client_id) latest
            where c.id = latest.client_id)
          select count(*) from gone
          """;

  /** One for each table. */
  static final List<String> STATEMENTS =
      List.of(
          GRANTS,
          delete("logins", "expires_at"),
          delete("assertions", "expires_at"),
          delete("access_tokens", "expires_at"),
          delete("sessions", "expires_at"),
          delete("changes", "at"));

  private final Database database;

  EndedFacts(Database database) {
    this.database = database;
  }

  /** Whether there may be more. */
  boolean delete(Duration keptFor, int limit) {
    boolean more = false;
    for (String statement : STATEMENTS) {
      int deleted =
          database.run(
              "remove what has ended",
              handle ->
                  handle
                      .createQuery(statement)
                      .bind("keptFor", Values.microseconds(keptFor))
                      .bind("limit", limit)
                      .mapTo(Integer.class)
                      .one());
      more |= deleted == limit;
    }
    return more;
  }

  private static String delete(String table, String end) {
    return LEADER
        + """
        , gone as (
          delete from mcp_oauth.%1$s
          where id in (
            select id
            from mcp_oauth.%1$s
            where
              %2$s < mcp_oauth.storage_time() - :keptFor * interval '1 microsecond'
              and (select elected from leader)
            order by %2$s
            limit :limit
            for update skip locked)
          returning id)
        select count(*) from gone
        """
            .formatted(table, end);
  }
}
