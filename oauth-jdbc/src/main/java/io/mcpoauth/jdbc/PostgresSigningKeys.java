package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table {@code signing_keys}. */
final class PostgresSigningKeys implements SigningKeyStore {

  /** The unique index on the place refuses a second successor. */
  private static final String APPEND =
      """
      insert into mcp_oauth.signing_keys (
        kid, predecessor, public_jwk, sealed_private_jwk, created_at)
      values (:kid, :predecessor, :publicJwk, :sealedPrivateJwk, :createdAt)
      on conflict do nothing
      """;

  /** A key's predecessor was there before it, so positions are in the order of the chain. */
  private static final String LIST =
      """
      select kid, predecessor, public_jwk, sealed_private_jwk, created_at
      from mcp_oauth.signing_keys
      order by position
      """;

  private final Database database;

  PostgresSigningKeys(Database database) {
    this.database = database;
  }

  @Override
  public List<SigningKey> list() {
    return database.run(
        "list the signing keys",
        handle -> handle.createQuery(LIST).map((row, context) -> signingKey(row)).list());
  }

  @Override
  public boolean append(SigningKey key) {
    return database.run(
        "append a signing key",
        handle ->
            handle
                    .createUpdate(APPEND)
                    .bind("kid", key.kid())
                    .bind("predecessor", key.predecessor())
                    .bind("publicJwk", key.publicJwk())
                    .bind("sealedPrivateJwk", key.sealedPrivateJwk().toBytes())
                    .bind("createdAt", Values.timestamp(key.createdAt()))
                    .execute()
                == 1);
  }

  private static SigningKey signingKey(ResultSet row) throws SQLException {
    return new SigningKey(
        row.getString("kid"),
        row.getString("predecessor"),
        row.getString("public_jwk"),
        Values.sealed(row, "sealed_private_jwk"),
        Values.instant(row, "created_at"));
  }
}
