package io.mcpoauth.core.client;

import io.mcpoauth.core.client.ClientAuthentication.Authenticated;
import io.mcpoauth.core.client.ClientAuthentication.Failed;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a client exactly as it registered (OAuth 2.1 section 2.4): any other method is
 * refused, so that credentials are never optional.
 */
public final class ClientAuthenticator {

  /** Compared with where there is no client, so that the answer takes as long (CA-07). */
  private static final SecretHash NOBODYS = SecretHash.of("nobody");

  private final ClientDirectory clients;

  /** Authenticates these clients. */
  public ClientAuthenticator(ClientDirectory clients) {
    this.clients = clients;
  }

  /**
   * Authenticates the caller of a token or revocation endpoint.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   */
  public ClientAuthentication authenticate(Parameters form, @Nullable Secret authorization) {
    if (form.isAnyRepeated(List.of("client_id", "client_secret"))) {
      return malformed("client_id and client_secret may each stand once", false);
    }
    if (authorization != null && BasicCredentials.isBasic(authorization.expose())) {
      return basic(form, authorization.expose());
    }
    if (authorization != null) {
      return failed(false);
    }
    String clientId = form.get("client_id");
    if (clientId == null) {
      return failed(false);
    }
    String secret = form.get("client_secret");
    ClientAuthenticationMethod used =
        secret == null
            ? ClientAuthenticationMethod.NONE
            : ClientAuthenticationMethod.CLIENT_SECRET_POST;
    return verify(clientId, used, secret == null ? null : Secret.of(secret));
  }

  private ClientAuthentication basic(Parameters form, String header) {
    Optional<BasicCredentials> credentials = BasicCredentials.parse(header);
    if (credentials.isEmpty()) {
      return failed(true);
    }
    String bodyClientId = form.get("client_id");
    if (form.get("client_secret") != null) {
      return malformed("use one way of client authentication, not two", true);
    }
    if (bodyClientId != null && !bodyClientId.equals(credentials.get().clientId())) {
      return malformed("client_id differs from the Authorization header", true);
    }
    return verify(
        credentials.get().clientId(),
        ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
        credentials.get().secret());
  }

  private ClientAuthentication verify(
      String clientId, ClientAuthenticationMethod used, @Nullable Secret secret) {
    ClientLookup lookup = clients.find(clientId);
    if (lookup instanceof ClientLookup.NotFound missing
        && missing.reason() != ClientLookup.Reason.UNKNOWN) {
      return unavailable();
    }
    Optional<Client> client =
        lookup instanceof ClientLookup.Found found ? Optional.of(found.client()) : Optional.empty();
    SecretHash expected = client.map(Client::secretHash).orElse(NOBODYS);
    boolean secretMatches = secret == null || expected.matches(secret.hash());
    if (client.isPresent() && client.get().authenticationMethod() == used && secretMatches) {
      return new Authenticated(client.get());
    }
    return failed(used == ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
  }

  private static Failed failed(boolean triedBasic) {
    return new Failed(
        new OAuthError(
            ErrorCode.INVALID_CLIENT,
            "the client is unknown here or did not authenticate as it registered"),
        triedBasic);
  }

  /**
   * Our trouble or its host's, not the client's: {@code invalid_client} would make it throw its
   * tokens away.
   */
  private static Failed unavailable() {
    return new Failed(
        new OAuthError(
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            "the client metadata document cannot be read right now"),
        false);
  }

  private static Failed malformed(String description, boolean triedBasic) {
    return new Failed(new OAuthError(ErrorCode.INVALID_REQUEST, description), triedBasic);
  }
}
