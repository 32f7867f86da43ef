package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table {@code clients}. */
final class PostgresClients implements ClientStore {

  private static final String INSERT =
      """
      insert into mcp_oauth.clients (
        id, name, redirect_uris, authentication_method, secret_hash, grant_types, origin, metadata,
        created_at)
      values (
        :id, :name, :redirectUris, :authenticationMethod, :secretHash, :grantTypes, :origin,
        :metadata, :createdAt)
      on conflict (id) do nothing
      """;

  private static final String FIND =
      """
      select
        id, name, redirect_uris, authentication_method, secret_hash, grant_types, origin, metadata,
        created_at
      from mcp_oauth.clients
      where id = :id
      """;

  private final Database database;

  PostgresClients(Database database) {
    this.database = database;
  }

  @Override
  public Insertion insert(Client client) {
    SecretHash secretHash = client.secretHash();
    int inserted =
        database.run(
            "insert a client",
            handle ->
                handle
                    .createUpdate(INSERT)
                    .bind("id", client.id())
                    .bind("name", client.name())
                    .bindArray(
                        "redirectUris",
                        String.class,
                        client.redirectUris().stream().map(RedirectUri::value).toList())
                    .bind("authenticationMethod", client.authenticationMethod().wireName())
                    .bind("secretHash", secretHash == null ? null : secretHash.toBytes())
                    .bindArray(
                        "grantTypes",
                        String.class,
                        client.grantTypes().stream().map(GrantType::wireName).toList())
                    .bind("origin", client.origin().name())
                    .bind("metadata", client.metadata())
                    .bind("createdAt", Values.timestamp(client.createdAt()))
                    .execute());
    return inserted == 1 ? Insertion.INSERTED : Insertion.ID_TAKEN;
  }

  @Override
  public Optional<Client> find(String clientId) {
    if (!Values.isText(clientId)) {
      return Optional.empty();
    }
    return database.run(
        "find a client",
        handle ->
            handle
                .createQuery(FIND)
                .bind("id", clientId)
                .map((row, context) -> client(row))
                .findOne());
  }

  private static Client client(ResultSet row) throws SQLException {
    return new Client(
        row.getString("id"),
        row.getString("name"),
        Values.texts(row, "redirect_uris").stream().map(RedirectUri::new).toList(),
        ClientAuthenticationMethod.ofWireName(row.getString("authentication_method")).orElseThrow(),
        Values.nullableHash(row, "secret_hash"),
        Values.texts(row, "grant_types").stream()
            .map(name -> GrantType.ofWireName(name).orElseThrow())
            .collect(Collectors.toUnmodifiableSet()),
        Client.Origin.valueOf(row.getString("origin")),
        row.getString("metadata"),
        Values.instant(row, "created_at"));
  }
}
