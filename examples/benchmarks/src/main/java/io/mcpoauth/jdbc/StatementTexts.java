package io.mcpoauth.jdbc;

/**
 * The statements that the verbs of storage run, for a benchmark that has PostgreSQL's own load
 * generator run the same. Stands in the package of the statements, which are nobody else's.
 */
public final class StatementTexts {

  private StatementTexts() {}

  /** Redeems the code {@code :codeId}. */
  public static String redeem() {
    return plain(GrantSql.REDEEM);
  }

  /** Rotates the refresh token of the grant {@code :grantId}. */
  public static String rotate() {
    return plain(RefreshTokenRotation.ROTATE);
  }

  /** Finds the grant {@code :grantId}. */
  public static String findUsable() {
    return plain(GrantSql.FIND_USABLE);
  }

  /** Without JDBI's escapes, and with the types that the driver gives its parameters. */
  private static String plain(String statement) {
    return statement
        .replace("\\:", ":")
        .replace(":idle", ":idle::bigint")
        .replace(":absolute", ":absolute::bigint");
  }
}
