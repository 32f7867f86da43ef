package io.mcpoauth.core.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.client.assertion.ClientKeys;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.Scopes;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a client asks to be registered with (RFC 7591 section 2). */
final class RegistrationDocument {

  private static final String UNNAMED = "Unnamed client";

  private final ClientMetadataMembers members;
  private final UnaryOperator<Scopes> offeredScopes;

  RegistrationDocument(
      ObjectNode document, RedirectPolicy redirectPolicy, UnaryOperator<Scopes> offeredScopes) {
    this.members = new ClientMetadataMembers(document, redirectPolicy);
    this.offeredScopes = offeredScopes;
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
    ClientAuthenticationMethod method = authenticationMethod(members.publicKeys());
    Set<GrantType> grantTypes = members.grantTypes();
    members.requireResponseTypeCode();
    ObjectNode echoed = members.informational(offeredScopes);
    if (method == ClientAuthenticationMethod.PRIVATE_KEY_JWT) {
      echoed.set("jwks", members.keySet());
    }
    String name = members.text("client_name", ClientMetadataMembers.MAX_NAME_LENGTH);
    return new Metadata(
        name == null || name.isBlank() ? UNNAMED : name, redirectUris, method, grantTypes, echoed);
  }

  /**
   * The first of the offered methods that we have; {@code client_secret_basic} when none is named
   * (RFC 7591 section 2). Keys at a {@code jwks_uri} count as none: whoever registers could make us
   * fetch anything (RG-17).
   */
  private ClientAuthenticationMethod authenticationMethod(ClientKeys keys)
      throws InvalidClientMetadata {
    List<ClientAuthenticationMethod> offered =
        OfferedMethods.of(members).or(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    return offered.stream()
        .filter(method -> method != ClientAuthenticationMethod.PRIVATE_KEY_JWT || !keys.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidClientMetadata(
                    offered.contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        ? "private_key_jwt needs a jwks with a key for ES256, RS256, PS256 or EdDSA"
                        : "token_endpoint_auth_method is not supported here"));
  }
}
