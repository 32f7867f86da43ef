package io.mcpoauth.core.provider;

import static io.mcpoauth.core.protocol.ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
import static io.mcpoauth.core.protocol.ClientAuthenticationMethod.CLIENT_SECRET_POST;
import static io.mcpoauth.core.protocol.ClientAuthenticationMethod.PRIVATE_KEY_JWT;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.secret.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Authenticates this server at the provider's endpoints (RFC 6749 section 2.3, RFC 7523). */
final class ClientCredentials {

  /** RFC 7523 section 2.2. */
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final String clientId;
  private final @Nullable Secret clientSecret;
  private final @Nullable ClientKey clientKey;
  private final InstantSource clock;

  ClientCredentials(ProviderSettings settings, InstantSource clock) {
    this.clientId = settings.clientId();
    this.clientSecret = settings.clientSecret();
    this.clientKey = settings.clientKey();
    this.clock = clock;
  }

  /**
   * The method that suits both sides; empty when there is none. A key is the operator's word that
   * the provider has its other half, and nothing is lost where it has not.
   */
  Optional<ClientAuthenticationMethod> methodAmong(Set<String> supported) {
    if (clientKey != null) {
      return Optional.of(PRIVATE_KEY_JWT);
    }
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

  /**
   * Adds what belongs in the body, and answers the Authorization header if there is to be one.
   *
   * @param tokenEndpoint for which provider an assertion is made, whichever endpoint it goes to
   */
  @Nullable Secret authenticate(
      ClientAuthenticationMethod method, URI tokenEndpoint, FormData form) {
    ClientKey key = clientKey;
    if (key != null) {
      form.add("client_id", clientId)
          .add("client_assertion_type", ASSERTION_TYPE)
          .add(
              "client_assertion",
              key.assertion(clientId, tokenEndpoint.toString(), clock.instant()).expose());
      return null;
    }
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
