package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ResourceUri;
import java.util.Optional;

/**
 * Clients that are resource servers: they get no tokens, but may ask about those for their own
 * resource (RFC 7662). The operator alone makes them, and names the resource in their metadata.
 */
public final class ResourceServers {

  static final String RESOURCE = "resource";

  private ResourceServers() {}

  /** The resource that the client serves; empty when it is no resource server. */
  public static Optional<ResourceUri> resourceOf(Client client) {
    boolean canBeOne =
        client.origin() == Client.Origin.OPERATOR
            && client.authenticationMethod() != ClientAuthenticationMethod.NONE;
    return canBeOne
        ? Json.parseObject(client.metadata())
            .flatMap(metadata -> Optional.ofNullable(Json.text(metadata, RESOURCE)))
            .flatMap(ResourceUri::parse)
        : Optional.empty();
  }
}
