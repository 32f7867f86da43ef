package io.mcpoauth.core.client.document;

import io.mcpoauth.core.client.ClientMetadataMembers;
import io.mcpoauth.core.client.InvalidClientMetadata;
import io.mcpoauth.core.client.RedirectPolicy;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Client ID Metadata Document (section 4.1), checked. */
final class ClientDocument {

  /**
   * What we know of the methods that a document may name, the ones with a shared secret excluded:
   * nobody could have shared one.
   */
  private static final Set<ClientAuthenticationMethod> METHODS =
      Set.of(ClientAuthenticationMethod.NONE);

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
    members.requirePublicKeys();
    members.requireWellFormedInformation();
    return new Client(
        url.value(),
        name,
        members.redirectUris(),
        authenticationMethod(),
        null,
        members.grantTypes(),
        Client.Origin.DOCUMENT,
        json,
        now);
  }

  /**
   * The first method that the document offers and we have. Some clients prefer {@code
   * private_key_jwt} and offer {@code none} in {@code token_endpoint_auth_methods_supported}.
   */
  private ClientAuthenticationMethod authenticationMethod() throws InvalidClientMetadata {
    for (String name : offeredMethods()) {
      var method = ClientAuthenticationMethod.ofWireName(name).filter(METHODS::contains);
      if (method.isPresent()) {
        return method.get();
      }
    }
    throw new InvalidClientMetadata("token_endpoint_auth_method is not supported here");
  }

  private List<String> offeredMethods() throws InvalidClientMetadata {
    String preferred =
        members.text("token_endpoint_auth_method", ClientMetadataMembers.MAX_NAME_LENGTH);
    if (isSymmetric(preferred)) {
      throw new InvalidClientMetadata("token_endpoint_auth_method must not need a shared secret");
    }
    List<String> offered = new ArrayList<>();
    if (preferred != null) {
      offered.add(preferred);
    }
    offered.addAll(members.texts("token_endpoint_auth_methods_supported"));
    // Section 6.2: who publishes keys means them to be used.
    return offered.isEmpty() ? List.of(publishesKeys() ? "private_key_jwt" : "none") : offered;
  }

  private boolean publishesKeys() {
    return members.has("jwks") || members.has("jwks_uri");
  }

  private static boolean isSymmetric(@Nullable String method) {
    return method != null && method.startsWith("client_secret_");
  }
}
