package io.mcpoauth.jdbc;

import io.mcpoauth.core.spi.storage.EncryptionKeyStore;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code encryption_key}, which has one row at most. */
final class PostgresEncryptionKey implements EncryptionKeyStore {

  private static final String FIND = "select fingerprint from mcp_oauth.encryption_key";

  private static final String KEEP =
      """
      insert into mcp_oauth.encryption_key (fingerprint)
      values (:fingerprint)
      on conflict do nothing
      """;

  private static final String REPLACE =
      """
      update mcp_oauth.encryption_key
      set fingerprint = :next
      where fingerprint = :expected
      """;

  private final Database database;

  PostgresEncryptionKey(Database database) {
    this.database = database;
  }

  @Override
  public String require(String fingerprint) {
    return database.run(
        "find the fingerprint of the encryption key",
        handle -> find(handle).orElseGet(() -> keep(handle, fingerprint)));
  }

  @Override
  public boolean replace(String expected, String next) {
    return database.run(
        "replace the fingerprint of the encryption key",
        handle ->
            handle.createUpdate(REPLACE).bind("expected", expected).bind("next", next).execute()
                == 1);
  }

  /** No row is ever removed, so that there is one after a conflict. */
  private static String keep(Handle handle, String fingerprint) {
    handle.createUpdate(KEEP).bind("fingerprint", fingerprint).execute();
    return find(handle).orElseThrow();
  }

  private static Optional<String> find(Handle handle) {
    return handle.createQuery(FIND).mapTo(String.class).findOne();
  }
}
