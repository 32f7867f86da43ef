package io.mcpoauth.core.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dynamic client registration (RFC 7591). Nothing named in the request is ever fetched (RG-17). */
public final class RegisterClient {

  private final ClientStore clients;
  private final RedirectPolicy redirectPolicy;
  private final SecretSource random;
  private final InstantSource clock;

  /** Registers clients whose redirect URIs the policy allows. */
  public RegisterClient(
      ClientStore clients,
      RedirectPolicy redirectPolicy,
      SecretSource random,
      InstantSource clock) {
    this.clients = clients;
    this.redirectPolicy = redirectPolicy;
    this.random = random;
    this.clock = clock;
  }

  /** Registers the client that the JSON document describes. */
  public RegistrationOutcome register(String body) {
    Optional<ObjectNode> document = Json.parseObject(body);
    if (document.isEmpty()) {
      return new RegistrationOutcome.Refused(
          new OAuthError(ErrorCode.INVALID_CLIENT_METADATA, "the body must be a JSON object"));
    }
    try {
      return register(new RegistrationDocument(document.get(), redirectPolicy).check());
    } catch (InvalidClientMetadata e) {
      return new RegistrationOutcome.Refused(e.error());
    }
  }

  private RegistrationOutcome register(RegistrationDocument.Metadata metadata) {
    Secret secret = metadata.authenticationMethod().usesSecret() ? random.secret() : null;
    String registered = registeredMembers(metadata);
    while (true) {
      Client client =
          new Client(
              random.identifier(),
              metadata.name(),
              metadata.redirectUris(),
              metadata.authenticationMethod(),
              secret == null ? null : secret.hash(),
              metadata.grantTypes(),
              Client.Origin.DYNAMIC,
              registered,
              clock.instant().truncatedTo(ChronoUnit.SECONDS));
      if (clients.insert(client) == Insertion.INSERTED) {
        return new RegistrationOutcome.Registered(response(client, secret));
      }
      // The id was taken, which random 128-bit ids make practically impossible: draw again (DB-24).
    }
  }

  /** RFC 7591 section 3.2.1: all registered metadata, as it is now and not as it was asked for. */
  private static String registeredMembers(RegistrationDocument.Metadata metadata) {
    ObjectNode json = Json.object();
    json.put("client_name", metadata.name());
    metadata.redirectUris().stream()
        .map(RedirectUri::value)
        .forEach(json.putArray("redirect_uris")::add);
    json.put("token_endpoint_auth_method", metadata.authenticationMethod().wireName());
    metadata.grantTypes().forEach(type -> json.withArray("grant_types").add(type.wireName()));
    json.putArray("response_types").add("code");
    json.setAll(metadata.echoed());
    return Json.write(json);
  }

  private static Secret response(Client client, @Nullable Secret secret) {
    ObjectNode json = Json.object();
    json.put("client_id", client.id());
    json.put("client_id_issued_at", epochSeconds(client.createdAt()));
    if (secret != null) {
      json.put("client_secret", secret.expose());
      json.put("client_secret_expires_at", 0);
    }
    json.setAll(Json.parseObject(client.metadata()).orElseThrow());
    return Secret.of(Json.write(json));
  }

  private static long epochSeconds(Instant instant) {
    return instant.getEpochSecond();
  }
}
