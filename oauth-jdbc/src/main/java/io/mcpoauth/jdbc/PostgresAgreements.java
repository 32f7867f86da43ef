package io.mcpoauth.jdbc;

import io.mcpoauth.core.spi.storage.AgreementStore;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code agreements}, which has one row for each term at most. */
final class PostgresAgreements implements AgreementStore {

  private static final String FIND = "select value from mcp_oauth.agreements where term = :term";

  private static final String KEEP =
      """
      insert into mcp_oauth.agreements (term, value)
      values (:term, :value)
      on conflict do nothing
      """;

  private static final String REPLACE =
      """
      update mcp_oauth.agreements
      set value = :next
      where term = :term and value = :expected
      """;

  private final Database database;

  PostgresAgreements(Database database) {
    this.database = database;
  }

  @Override
  public String require(Term term, String value) {
    return database.run(
        "find what instances agree on",
        handle -> find(handle, term).orElseGet(() -> keep(handle, term, value)));
  }

  @Override
  public boolean replace(Term term, String expected, String next) {
    return database.run(
        "replace what instances agree on",
        handle ->
            handle
                    .createUpdate(REPLACE)
                    .bind("term", term.name())
                    .bind("expected", expected)
                    .bind("next", next)
                    .execute()
                == 1);
  }

  /** No row is ever removed, so that there is one after a conflict. */
  private static String keep(Handle handle, Term term, String value) {
    handle.createUpdate(KEEP).bind("term", term.name()).bind("value", value).execute();
    return find(handle, term).orElseThrow();
  }

  private static Optional<String> find(Handle handle, Term term) {
    return handle.createQuery(FIND).bind("term", term.name()).mapTo(String.class).findOne();
  }
}
