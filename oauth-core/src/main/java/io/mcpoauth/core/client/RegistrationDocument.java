package io.mcpoauth.core.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import java.util.List;
import java.util.Set;

/** What a client asks to be registered with (RFC 7591 section 2). */
final class RegistrationDocument {

  private static final String UNNAMED = "Unnamed client";

  private final ClientMetadataMembers members;

  RegistrationDocument(ObjectNode document, RedirectPolicy redirectPolicy) {
    this.members = new ClientMetadataMembers(document, redirectPolicy);
  }

  /** Checked metadata; {@code echoed} are the informational members to be given back. */
  record Metadata(
      String name,
      List<RedirectUri> redirectUris,
      ClientAuthenticationMethod authenticationMethod,
      Set<GrantType> grantTypes,
      ObjectNode echoed) {}

  Metadata check() throws InvalidClientMetadata {
    List<RedirectUri> redirectUris = members.redirectUris();
    ClientAuthenticationMethod method = authenticationMethod();
    Set<GrantType> grantTypes = members.grantTypes();
    members.requireResponseTypeCode();
    members.requirePublicKeys();
    String name = members.text("client_name", ClientMetadataMembers.MAX_NAME_LENGTH);
    return new Metadata(
        name == null || name.isBlank() ? UNNAMED : name,
        redirectUris,
        method,
        grantTypes,
        members.informational());
  }

  /** RFC 7591 section 2: {@code client_secret_basic} when it is left out. */
  private ClientAuthenticationMethod authenticationMethod() throws InvalidClientMetadata {
    String name = members.text("token_endpoint_auth_method", ClientMetadataMembers.MAX_NAME_LENGTH);
    return ClientAuthenticationMethod.ofWireName(name == null ? "client_secret_basic" : name)
        .orElseThrow(
            () -> new InvalidClientMetadata("token_endpoint_auth_method is not supported here"));
  }
}
