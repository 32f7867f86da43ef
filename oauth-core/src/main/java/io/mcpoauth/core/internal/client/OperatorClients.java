package io.mcpoauth.core.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.ClientDrafts.Draft;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes clients in the name of the operator; such clients never expire. */
public final class OperatorClients {

  private final ClientStore clients;
  private final ClientDrafts drafts;
  private final SecretSource random;
  private final InstantSource clock;

  /** Clients of that store, with redirect URIs that the policy allows. */
  public OperatorClients(
      ClientStore clients,
      RedirectPolicy redirectPolicy,
      SecretSource random,
      InstantSource clock) {
    this.clients = clients;
    this.drafts = new ClientDrafts(redirectPolicy, UnaryOperator.identity(), random, clock);
    this.random = random;
    this.clock = clock;
  }

  /**
   * Makes a client.
   *
   * @param metadata a JSON object as in a registration request (RFC 7591 section 2)
   * @return {@code Registered} with the client's secret, if it has one, or {@code Refused}
   */
  public RegistrationOutcome create(String metadata) {
    Optional<ObjectNode> document = Json.parseObject(metadata);
    if (document.isEmpty()) {
      return new RegistrationOutcome.Refused(
          new OAuthError(ErrorCode.INVALID_CLIENT_METADATA, "the metadata must be a JSON object"));
    }
    try {
      return insert(drafts.create(document.get(), Client.Origin.OPERATOR));
    } catch (InvalidClientMetadata e) {
      return new RegistrationOutcome.Refused(e.error());
    }
  }

  /**
   * Makes a resource server, which may introspect the access tokens for its resource.
   *
   * @return {@code Registered} with its secret, for HTTP Basic
   */
  public RegistrationOutcome createResourceServer(String name, ResourceUri resource) {
    ClientAuthenticationMethod method = ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
    Secret secret = random.secret();
    ObjectNode metadata = Json.object();
    metadata.put("client_name", name);
    metadata.put("token_endpoint_auth_method", method.wireName());
    metadata.put(ResourceServers.RESOURCE, resource.value());
    metadata.putArray("grant_types");
    Client client =
        new Client(
            random.identifier(),
            name,
            List.of(),
            method,
            secret.hash(),
            Set.of(),
            Client.Origin.OPERATOR,
            Json.write(metadata),
            clock.instant().truncatedTo(ChronoUnit.SECONDS));
    return insert(new Draft(client, secret));
  }

  private RegistrationOutcome insert(Draft draft) {
    if (clients.insert(draft.client()) == Insertion.ID_TAKEN) {
      throw new IllegalStateException("a random id of 128 bits was drawn twice");
    }
    return new RegistrationOutcome.Registered(ClientInformation.of(draft.client(), draft.secret()));
  }
}
