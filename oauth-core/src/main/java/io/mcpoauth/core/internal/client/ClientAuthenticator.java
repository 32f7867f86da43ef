package io.mcpoauth.core.internal.client;

import static io.mcpoauth.core.internal.client.AuthenticationFailures.failed;
import static io.mcpoauth.core.internal.client.AuthenticationFailures.malformed;
import static io.mcpoauth.core.internal.client.AuthenticationFailures.tooMany;
import static io.mcpoauth.core.internal.client.AuthenticationFailures.twoMethods;
import static io.mcpoauth.core.internal.client.AuthenticationFailures.unavailable;

import io.mcpoauth.core.internal.client.ClientAuthentication.Authenticated;
import io.mcpoauth.core.internal.client.assertion.AssertionRules;
import io.mcpoauth.core.internal.limit.RateLimiter;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
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

  private static final List<String> SINGLE_PARAMETERS =
      List.of("client_id", "client_secret", "client_assertion", "client_assertion_type");

  private final ClientDirectory clients;
  private final AssertionAuthenticator assertions;
  private final RateLimiter limiter;

  /** Authenticates these clients, each so often; their assertions must follow the rules. */
  public ClientAuthenticator(ClientDirectory clients, AssertionRules rules, RateLimiter limiter) {
    this.clients = clients;
    this.limiter = limiter;
    this.assertions = new AssertionAuthenticator(clients, rules);
  }

  /**
   * Authenticates the caller of a token or revocation endpoint.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   */
  public ClientAuthentication authenticate(Parameters form, @Nullable Secret authorization) {
    ClientAuthentication authentication = check(form, authorization);
    // Counted afterwards, so that nobody uses up what is another's who has credentials.
    return authentication instanceof Authenticated authenticated
            && limiter.take(authenticated.client().id()).isPresent()
        ? tooMany()
        : authentication;
  }

  private ClientAuthentication check(Parameters form, @Nullable Secret authorization) {
    if (form.isAnyRepeated(SINGLE_PARAMETERS)) {
      return malformed("the parameters of the client may each stand once");
    }
    if (AssertionAuthenticator.isUsedBy(form)) {
      return authorization == null ? assertions.authenticate(form) : twoMethods();
    }
    if (authorization != null && BasicCredentials.isBasic(authorization.expose())) {
      return basic(form, authorization.expose());
    }
    String clientId = form.get("client_id");
    if (authorization != null || clientId == null) {
      return failed();
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
      return failed();
    }
    String bodyClientId = form.get("client_id");
    if (form.get("client_secret") != null) {
      return twoMethods();
    }
    if (bodyClientId != null && !bodyClientId.equals(credentials.get().clientId())) {
      return malformed("client_id differs from the Authorization header");
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
    return failed();
  }
}
