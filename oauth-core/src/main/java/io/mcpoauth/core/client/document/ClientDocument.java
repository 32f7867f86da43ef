package io.mcpoauth.core.client.document;

import io.mcpoauth.core.internal.client.ClientMetadataMembers;
import io.mcpoauth.core.internal.client.InvalidClientMetadata;
import io.mcpoauth.core.internal.client.OfferedMethods;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.internal.client.assertion.ClientKeys;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import java.time.Instant;

/** A Client ID Metadata Document (section 4.1), checked. */
final class ClientDocument {

  private final ClientIdUrl url;
  private final ClientMetadataMembers members;

  private ClientDocument(ClientIdUrl url, ClientMetadataMembers members) {
    this.url = url;
    this.members = members;
  }

  /**
   * The client that a document describes.
   *
   * @throws InvalidClientMetadata when the document at that URL is not one
   */
  static Client read(ClientIdUrl url, String json, RedirectPolicy redirectPolicy, Instant now)
      throws InvalidClientMetadata {
    ClientMetadataMembers members =
        ClientMetadataMembers.parse(json, redirectPolicy)
            .orElseThrow(() -> new InvalidClientMetadata("the document is not a JSON object"));
    return new ClientDocument(url, members).check(json, now);
  }

  private Client check(String json, Instant now) throws InvalidClientMetadata {
    // Equal to the byte: a document must not speak for another client (CM-13).
    if (!url.value().equals(members.text("client_id", url.value().length()))) {
      throw new InvalidClientMetadata("client_id is not the URL of the document");
    }
    if (members.has("client_secret") || members.has("client_secret_expires_at")) {
      throw new InvalidClientMetadata("a public document cannot hold a secret");
    }
    String name = members.text("client_name", ClientMetadataMembers.MAX_NAME_LENGTH);
    if (name == null || name.isBlank()) {
      throw new InvalidClientMetadata("client_name is missing");
    }
    members.requireResponseTypeCode();
    ClientKeys keys = members.publicKeys();
    members.requireWellFormedInformation();
    return new Client(
        url.value(),
        name,
        members.redirectUris(),
        authenticationMethod(keys),
        null,
        members.grantTypes(),
        Client.Origin.DOCUMENT,
        json,
        now);
  }

  /** The first of the offered methods that we have, and that this document has the keys for. */
  private ClientAuthenticationMethod authenticationMethod(ClientKeys keys)
      throws InvalidClientMetadata {
    OfferedMethods offered = OfferedMethods.of(members);
    if (offered.prefersSharedSecret()) {
      throw new InvalidClientMetadata("token_endpoint_auth_method must not need a shared secret");
    }
    return offered.or(unstatedMethod()).stream()
        .filter(method -> !method.usesSecret())
        .filter(method -> method != ClientAuthenticationMethod.PRIVATE_KEY_JWT || !keys.isEmpty())
        .findFirst()
        .orElseThrow(
            () -> new InvalidClientMetadata("token_endpoint_auth_method is not supported here"));
  }

  /** Section 6.2: who publishes keys means them to be used. */
  private ClientAuthenticationMethod unstatedMethod() {
    return members.has("jwks") || members.has("jwks_uri")
        ? ClientAuthenticationMethod.PRIVATE_KEY_JWT
        : ClientAuthenticationMethod.NONE;
  }
}
