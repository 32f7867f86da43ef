package io.mcpoauth.core.provider;

import static io.mcpoauth.core.protocol.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
import static io.mcpoauth.core.protocol.ClientAuthenticationMethod.CLIENT_SECRET_POST;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Authenticates this server at the provider's token endpoint (RFC 6749 section 2.3.1). */
final class ClientCredentials {

  private final String clientId;
  private final @Nullable Secret clientSecret;

  ClientCredentials(ProviderSettings settings) {
    this.clientId = settings.clientId();
    this.clientSecret = settings.clientSecret();
  }

  /** The method that suits both sides; empty when there is none. */
  Optional<ClientAuthenticationMethod> methodAmong(Set<String> supported) {
    if (clientSecret == null) {
      return Optional.of(ClientAuthenticationMethod.NONE);
    }
    return Optional.of(CLIENT_SECRET_BASIC)
        .filter(method -> supported.contains(method.wireName()))
        .or(
            () ->
                Optional.of(CLIENT_SECRET_POST)
                    .filter(method -> supported.contains(method.wireName())));
  }

  /** Adds what belongs in the body, and answers the Authorization header if there is to be one. */
  @Nullable Secret authenticate(ClientAuthenticationMethod method, FormData form) {
    Secret secret = clientSecret;
    if (secret != null && method == CLIENT_SECRET_BASIC) {
      String pair = FormData.encode(clientId) + ":" + FormData.encode(secret.expose());
      byte[] bytes = pair.getBytes(StandardCharsets.US_ASCII);
      return Secret.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    form.add("client_id", clientId);
    if (secret != null) {
      form.add("client_secret", secret.expose());
    }
    return null;
  }
}
