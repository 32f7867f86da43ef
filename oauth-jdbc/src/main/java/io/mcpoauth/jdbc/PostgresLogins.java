package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code logins}. */
final class PostgresLogins implements LoginStore {

  static final String BEGIN =
      """
      insert into mcp_oauth.logins as login (id, browser_hash, sealed_request, expires_at)
      values (
        :id, :browser, :sealedRequest,
        mcp_oauth.storage_time() + :lifetime * interval '1 microsecond')
      on conflict (id) do update
      set browser_hash = excluded.browser_hash, sealed_request = excluded.sealed_request
      where login.ended_at is null and login.expires_at > mcp_oauth.storage_time()
      """;

  /**
   * On conflict, the row is locked and looked at anew: of two callers one finds it ended. A login
   * that was cancelled, and none that was consumed, waits for no browser any more.
   */
  static final String CANCEL =
      """
      insert into mcp_oauth.logins as login (id, expires_at, ended_at)
      values (
        :id, mcp_oauth.storage_time() + :lifetime * interval '1 microsecond',
        mcp_oauth.storage_time())
      on conflict (id) do update
      set
        browser_hash = null,
        ended_at = coalesce(login.ended_at, excluded.ended_at),
        expires_at = greatest(login.expires_at, excluded.expires_at)
      where
        (login.ended_at is null or login.browser_hash is null)
        and login.expires_at > mcp_oauth.storage_time()
      """;

  static final String CONSUME =
      """
      update mcp_oauth.logins
      set ended_at = mcp_oauth.storage_time()
      where
        id = :id
        and browser_hash = :browser
        and ended_at is null
        and expires_at > mcp_oauth.storage_time()
      returning sealed_request
      """;

  static final String IS_WAITING =
      """
      select ended_at is null and expires_at > mcp_oauth.storage_time()
      from mcp_oauth.logins
      where id = :id
      """;

  private final Database database;

  PostgresLogins(Database database) {
    this.database = database;
  }

  @Override
  public Start begin(PendingLogin login, Duration lifetime) {
    return database.run(
        "begin a login",
        handle -> {
          int begun =
              handle
                  .createUpdate(BEGIN)
                  .bind("id", login.id())
                  .bind("browser", login.browser().toBytes())
                  .bind("sealedRequest", login.sealedRequest().toBytes())
                  .bind("lifetime", Values.microseconds(lifetime))
                  .execute();
          return begun == 1 ? Start.BEGUN : Start.ENDED;
        });
  }

  @Override
  public boolean cancel(String loginId, Duration lifetime) {
    return Values.isText(loginId)
        && database.run(
            "cancel a login",
            handle ->
                handle
                        .createUpdate(CANCEL)
                        .bind("id", loginId)
                        .bind("lifetime", Values.microseconds(lifetime))
                        .execute()
                    == 1);
  }

  @Override
  public Consumption consume(String loginId, SecretHash browser) {
    if (!Values.isText(loginId)) {
      return new Consumption.Gone();
    }
    return database.run(
        "consume a login",
        handle -> {
          Optional<Sealed> request =
              handle
                  .createQuery(CONSUME)
                  .bind("id", loginId)
                  .bind("browser", browser.toBytes())
                  .map((row, context) -> Values.sealed(row, "sealed_request"))
                  .findOne();
          if (request.isPresent()) {
            return new Consumption.Consumed(request.get());
          }
          return isWaiting(handle, loginId)
              ? new Consumption.WrongBrowser()
              : new Consumption.Gone();
        });
  }

  private static boolean isWaiting(Handle handle, String loginId) {
    return handle
        .createQuery(IS_WAITING)
        .bind("id", loginId)
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }
}
