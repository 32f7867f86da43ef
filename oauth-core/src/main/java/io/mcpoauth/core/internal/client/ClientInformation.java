package io.mcpoauth.core.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Client information responses (RFC 7591 section 3.2.1, RFC 7592 section 3): all registered
 * metadata, as it is now and not as it was asked for.
 */
public final class ClientInformation {

  private final ObjectNode json = Json.object();

  private ClientInformation(Client client) {
    json.put("client_id", client.id());
    json.put("client_id_issued_at", client.createdAt().getEpochSecond());
  }

  /** What storage keeps of the metadata. */
  static String registeredMembers(RegistrationDocument.Metadata metadata) {
    ObjectNode json = Json.object();
    json.put("client_name", metadata.name());
    metadata.redirectUris().stream()
        .map(RedirectUri::value)
        .forEach(json.putArray("redirect_uris")::add);
    json.put("token_endpoint_auth_method", metadata.authenticationMethod().wireName());
    metadata.grantTypes().stream()
        .sorted()
        .forEach(type -> json.withArray("grant_types").add(type.wireName()));
    json.putArray("response_types").add("code");
    json.setAll(metadata.echoed());
    return Json.write(json);
  }

  /**
   * The response for a client.
   *
   * @param secret told this once, since only its hash is kept; null when there is none to tell
   */
  public static Secret of(Client client, @Nullable Secret secret) {
    return new ClientInformation(client).with(secret).withMetadata(client).write();
  }

  /** The same, with what the client manages its registration by. */
  public static Secret of(Client client, @Nullable Secret secret, String uri, Secret accessToken) {
    ClientInformation information = new ClientInformation(client).with(secret);
    information.json.put("registration_client_uri", uri);
    information.json.put("registration_access_token", accessToken.expose());
    return information.withMetadata(client).write();
  }

  private ClientInformation with(@Nullable Secret secret) {
    if (secret != null) {
      json.put("client_secret", secret.expose());
      json.put("client_secret_expires_at", 0);
    }
    return this;
  }

  private ClientInformation withMetadata(Client client) {
    json.setAll(Json.parseObject(client.metadata()).orElseThrow());
    return this;
  }

  private Secret write() {
    return Secret.of(Json.write(json));
  }
}
