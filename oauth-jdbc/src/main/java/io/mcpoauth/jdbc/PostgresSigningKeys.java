package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The table {@code signing_keys}. */
final class PostgresSigningKeys implements SigningKeyStore {

  /** Of two that find the same newest key, the unique index on the place refuses one. */
  private static final String APPEND =
      """
      insert into mcp_oauth.signing_keys (kid, predecessor, public_jwk, sealed_private_jwk)
      select :kid, :predecessor, :publicJwk, :sealedPrivateJwk
      where :predecessor is not distinct from (
        select kid from mcp_oauth.signing_keys order by position desc limit 1)
      on conflict do nothing
      """;

  /** A key's predecessor was there before it, so positions are in the order of the chain. */
  private static final String LIST =
      """
      select
        kid, predecessor, public_jwk, sealed_private_jwk,
        cast(extract(epoch from mcp_oauth.storage_time() - created_at) * 1000000 as bigint) as age
      from mcp_oauth.signing_keys
      order by position
      """;

  private static final String RESEAL =
      """
      update mcp_oauth.signing_keys
      set sealed_private_jwk = :sealedPrivateJwk
      where kid = :kid
      """;

  private static final String FORGET_BEFORE =
      """
      delete from mcp_oauth.signing_keys
      where position < (select position from mcp_oauth.signing_keys where kid = :kid)
      """;

  private final Database database;

  PostgresSigningKeys(Database database) {
    this.database = database;
  }

  @Override
  public List<StoredKey> list() {
    return database.run(
        "list the signing keys",
        handle -> handle.createQuery(LIST).map((row, context) -> storedKey(row)).list());
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
                    .execute()
                == 1);
  }

  @Override
  public void reseal(String kid, Sealed sealedPrivateJwk) {
    database.run(
        "reseal a signing key",
        handle ->
            handle
                .createUpdate(RESEAL)
                .bind("kid", kid)
                .bind("sealedPrivateJwk", sealedPrivateJwk.toBytes())
                .execute());
  }

  @Override
  public void forgetBefore(String kid) {
    database.run(
        "forget signing keys",
        handle -> handle.createUpdate(FORGET_BEFORE).bind("kid", kid).execute());
  }

  /** Never negative, even where storage's clock was set back. */
  private static Duration age(ResultSet row) throws SQLException {
    return Duration.of(Math.max(0, row.getLong("age")), ChronoUnit.MICROS);
  }

  private static StoredKey storedKey(ResultSet row) throws SQLException {
    return new StoredKey(
        new SigningKey(
            row.getString("kid"),
            row.getString("predecessor"),
            row.getString("public_jwk"),
            Values.sealed(row, "sealed_private_jwk")),
        age(row));
  }
}
