package io.mcpoauth.benchmarks.rig;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Rows of grants and codes in any number, made by one statement. Ids are numbers in digits, or
 * hashes of those where their places in an index should be as scattered as those of real ids.
 */
public final class GrantRows {

  private static final String EMPTY =
      "truncate mcp_oauth.grants, mcp_oauth.authorization_codes, mcp_oauth.changes;";

  private static final String FILL =
      """
      insert into mcp_oauth.grants (
        id, client_id, user_id, provider, scopes, resource, sealed_profile, redeemed_at,
        current_hash, idle_expires_at, absolute_expires_at)
      select
        %2$s, 'benchmark', 'github:' || n, 'github', '{openid,profile,email}',
        'https://mcp.example.com/mcp', decode(repeat(md5(n::text), 20), 'hex'), %3$s
      from generate_series(1, %1$d) as n;
      insert into mcp_oauth.authorization_codes (
        id, grant_id, hash, redirect_uri, code_challenge, expires_at)
      select
        %2$s, %2$s, sha256(n::text::bytea), 'http://127.0.0.1/callback',
        'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', now() + interval '1 day'
      from generate_series(1, %1$d) as n;
      """;

  private static final String LIVE =
      "now(), sha256('0'::bytea), now() + interval '10 days', now() + interval '90 days'";
  private static final String WAITING = "null, null, null, null";
  private static final String NUMBERED = "n::text";
  private static final int SCATTERED_LENGTH = 22;
  private static final String SCATTERED = "left(md5(n::text), " + SCATTERED_LENGTH + ")";

  private GrantRows() {}

  /** Grants that wait for their codes, both with numbered ids. */
  public static void waiting(PostgresServer database, int count) {
    fill(database, FILL.formatted(count, NUMBERED, WAITING));
  }

  /** Grants in use with numbered ids; the hash of each refresh token is that of {@code "0"}. */
  public static void live(PostgresServer database, int count) {
    fill(database, FILL.formatted(count, NUMBERED, LIVE));
  }

  /** The same with scattered ids. */
  public static void scattered(PostgresServer database, int count) {
    fill(database, FILL.formatted(count, SCATTERED, LIVE));
  }

  /** The id of the grant of that number among the scattered ones. */
  public static String scatteredId(int number) {
    try {
      byte[] digits = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
      byte[] hash = MessageDigest.getInstance("MD5").digest(digits);
      return HexFormat.of().formatHex(hash).substring(0, SCATTERED_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static void fill(PostgresServer database, String rows) {
    String printed = database.sql(EMPTY + rows);
    printed += database.sql("vacuum analyze mcp_oauth.grants, mcp_oauth.authorization_codes");
    printed += database.sql("checkpoint");
    if (!printed.isEmpty()) {
      throw new IllegalStateException(printed);
    }
  }
}
