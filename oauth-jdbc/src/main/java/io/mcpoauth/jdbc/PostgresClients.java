package io.mcpoauth.jdbc;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.RegistrationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The table {@code clients}. */
final class PostgresClients implements ClientStore, RegistrationStore {

  private final Database database;

  PostgresClients(Database database) {
    this.database = database;
  }

  @Override
  public Insertion insert(Client client) {
    return insertWith(client, null);
  }

  @Override
  public Insertion insert(Client client, SecretHash accessToken) {
    return insertWith(client, accessToken);
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
                .createQuery(ClientSql.FIND)
                .bind("id", clientId)
                .map((row, context) -> client(row))
                .findOne());
  }

  @Override
  public Optional<Client> find(String clientId, SecretHash accessToken) {
    if (!Values.isText(clientId)) {
      return Optional.empty();
    }
    return database.run(
        "find a managed client",
        handle ->
            handle
                .createQuery(ClientSql.FIND_MANAGED)
                .bind("id", clientId)
                .bind("accessToken", accessToken.toBytes())
                .map((row, context) -> client(row))
                .findOne());
  }

  @Override
  public List<Client> list(String after, int limit) {
    return database.run(
        "list clients",
        handle ->
            handle
                .createQuery(ClientSql.LIST)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> client(row))
                .list());
  }

  @Override
  public boolean renew(String clientId) {
    return Values.isText(clientId)
        && database.run(
            "renew a client",
            handle -> handle.createUpdate(ClientSql.RENEW).bind("id", clientId).execute() == 1);
  }

  @Override
  public boolean replace(Client client, SecretHash accessToken, SecretHash successor) {
    return database.run(
        "replace a client",
        handle ->
            bindMembers(handle.createUpdate(ClientSql.REPLACE), client)
                    .bind("accessToken", accessToken.toBytes())
                    .bind("successor", successor.toBytes())
                    .execute()
                == 1);
  }

  @Override
  public boolean delete(String clientId) {
    return Values.isText(clientId)
        && database.run(
            "delete a client",
            handle ->
                handle
                    .createQuery(ClientSql.DELETE)
                    .bind("id", clientId)
                    .map((row, context) -> true)
                    .findOne()
                    .isPresent());
  }

  @Override
  public Optional<List<Grant>> delete(String clientId, SecretHash accessToken) {
    if (!Values.isText(clientId)) {
      return Optional.empty();
    }
    List<Optional<Grant>> ended =
        database.run(
            "delete a managed client",
            handle ->
                handle
                    .createQuery(ClientSql.DELETE_MANAGED)
                    .bind("id", clientId)
                    .bind("accessToken", accessToken.toBytes())
                    .map((row, context) -> endedGrant(row))
                    .list());
    return ended.isEmpty()
        ? Optional.empty()
        : Optional.of(ended.stream().flatMap(Optional::stream).toList());
  }

  private static Optional<Grant> endedGrant(ResultSet row) throws SQLException {
    return row.getString("grant_id") == null
        ? Optional.empty()
        : Optional.of(PostgresGrants.grant(row));
  }

  @Override
  public int deleteUnused(Duration neverUsedFor, Duration idleFor, int limit) {
    return database.run(
        "delete unused clients",
        handle ->
            handle
                .createUpdate(ClientSql.DELETE_UNUSED)
                .bind("neverUsedFor", Values.microseconds(neverUsedFor))
                .bind("idleFor", Values.microseconds(idleFor))
                .bind("limit", limit)
                .execute());
  }

  private Insertion insertWith(Client client, @Nullable SecretHash accessToken) {
    int inserted =
        database.run(
            "insert a client",
            handle ->
                bindMembers(handle.createUpdate(ClientSql.INSERT), client)
                    .bind("origin", client.origin().name())
                    .bind("createdAt", Values.timestamp(client.createdAt()))
                    .bind("accessToken", accessToken == null ? null : accessToken.toBytes())
                    .execute());
    return inserted == 1 ? Insertion.INSERTED : Insertion.ID_TAKEN;
  }

  /** Binds what a replacement may change, and the id. */
  private static <S extends SqlStatement<S>> S bindMembers(S statement, Client client) {
    SecretHash secretHash = client.secretHash();
    return statement
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
        .bind("metadata", client.metadata());
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
