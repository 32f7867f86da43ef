package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.provider.SignInRequest;
import java.net.URI;
import java.util.Map;

/** Builds the authorization request that the browser takes to the provider. */
final class AuthorizationUrl {

  private AuthorizationUrl() {}

  /**
   * Always with PKCE (UP-08): a provider that does not know it ignores it (RFC 6749 section 3.1).
   *
   * @param openId whether to send the nonce, which only an ID token can give back
   * @param more what this provider needs besides
   */
  static URI of(
      URI endpoint,
      String clientId,
      Scopes scopes,
      SignInRequest request,
      boolean openId,
      Map<String, String> more) {
    FormData query =
        new FormData()
            .add("response_type", "code")
            .add("client_id", clientId)
            .add("redirect_uri", request.redirectUri().toString())
            .add("state", request.state())
            .add("code_challenge", request.codeChallenge().value())
            .add("code_challenge_method", CodeChallenge.METHOD);
    if (!scopes.isEmpty()) {
      query.add("scope", scopes.toString());
    }
    if (openId) {
      query.add("nonce", request.nonce());
    }
    more.forEach(query::add);
    return query.appendTo(endpoint);
  }
}
