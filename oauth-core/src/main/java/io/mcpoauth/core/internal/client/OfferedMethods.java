package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a client would authenticate: as {@code token_endpoint_auth_method} says, or else in any of
 * the ways of {@code token_endpoint_auth_methods_supported}. Some clients prefer {@code
 * private_key_jwt} in the one and offer {@code none} in the other.
 */
public final class OfferedMethods {

  private final @Nullable String preferred;
  private final List<String> names;

  private OfferedMethods(@Nullable String preferred, List<String> names) {
    this.preferred = preferred;
    this.names = names;
  }

  /** What the metadata offers. */
  public static OfferedMethods of(ClientMetadataMembers members) throws InvalidClientMetadata {
    String preferred =
        members.text("token_endpoint_auth_method", ClientMetadataMembers.MAX_NAME_LENGTH);
    List<String> names = new ArrayList<>();
    if (preferred != null) {
      names.add(preferred);
    }
    names.addAll(members.texts("token_endpoint_auth_methods_supported"));
    return new OfferedMethods(preferred, List.copyOf(names));
  }

  /** Whether the preferred method needs a secret that both sides know. */
  public boolean prefersSharedSecret() {
    return preferred != null && preferred.startsWith("client_secret_");
  }

  /**
   * Those that this server has, the preferred one first.
   *
   * @param unstated the method of clients that name none
   */
  public List<ClientAuthenticationMethod> or(ClientAuthenticationMethod unstated) {
    return names.isEmpty()
        ? List.of(unstated)
        : names.stream()
            .map(ClientAuthenticationMethod::ofWireName)
            .flatMap(Optional::stream)
            .toList();
  }
}
