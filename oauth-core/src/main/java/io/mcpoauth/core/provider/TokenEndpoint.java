package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Asks a provider's token endpoint (RFC 6749 sections 4.1.3 and 6). */
final class TokenEndpoint {

  private final GuardedHttp http;
  private final ClientCredentials credentials;
  private final InstantSource clock;

  TokenEndpoint(GuardedHttp http, ClientCredentials credentials, InstantSource clock) {
    this.http = http;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** Redeems the code; the verifier proves that it was issued to this sign-in (UP-09). */
  Step<TokenReply.Granted> redeem(
      URI endpoint, Set<String> methods, Secret code, SignInCallback callback, Deadline deadline) {
    FormData form =
        new FormData()
            .add("grant_type", "authorization_code")
            .add("code", code.expose())
            .add("redirect_uri", callback.redirectUri().toString())
            .add("code_verifier", callback.codeVerifier().expose());
    TokenReply reply = ask(endpoint, methods, form, deadline);
    if (reply instanceof TokenReply.Granted granted) {
      return new Step.Next<>(granted);
    }
    if (reply instanceof TokenReply.Refused refused) {
      String cause = "the token endpoint answered " + refused.error().code();
      return refused.error().isOutage() ? Step.unavailable(cause) : Step.rejected(cause);
    }
    return Step.unavailable(((TokenReply.Unusable) reply).cause());
  }

  /**
   * Refreshes the access token. Only an answer that says so ends the grant: a wrong client secret,
   * for one, is the operator's to mend and must not sign everybody out.
   */
  RefreshAnswer refresh(
      URI endpoint, Set<String> methods, UpstreamTokens tokens, Deadline deadline) {
    Secret refreshToken = tokens.refreshToken();
    if (refreshToken == null) {
      return new RefreshAnswer.GrantDead();
    }
    FormData form =
        new FormData()
            .add("grant_type", "refresh_token")
            .add("refresh_token", refreshToken.expose());
    TokenReply reply = ask(endpoint, methods, form, deadline);
    if (reply instanceof TokenReply.Granted granted) {
      return new RefreshAnswer.Refreshed(keepingOld(refreshToken, granted.tokens()));
    }
    if (reply instanceof TokenReply.Refused refused) {
      return refused.error().isDeadGrant()
          ? new RefreshAnswer.GrantDead()
          : new RefreshAnswer.Unavailable("the token endpoint answered " + refused.error().code());
    }
    return new RefreshAnswer.Unavailable(((TokenReply.Unusable) reply).cause());
  }

  private TokenReply ask(URI endpoint, Set<String> methods, FormData form, Deadline deadline) {
    Optional<ClientAuthenticationMethod> method = credentials.methodAmong(methods);
    if (method.isEmpty()) {
      return new TokenReply.Unusable(
          "the token endpoint takes neither client_secret_basic nor client_secret_post");
    }
    Secret authorization = credentials.authenticate(method.get(), form);
    Fetched<HttpReply> fetched = http.post(endpoint, form, authorization, deadline);
    if (fetched instanceof Fetched.Got<HttpReply> got) {
      return TokenReply.read(got.value(), clock.instant());
    }
    return new TokenReply.Unusable(((Fetched.Missed<HttpReply>) fetched).cause());
  }

  /** RFC 6749 section 6: a provider that sends no new refresh token keeps the old one valid. */
  private static UpstreamTokens keepingOld(Secret refreshToken, UpstreamTokens tokens) {
    return tokens.refreshToken() != null
        ? tokens
        : new UpstreamTokens(tokens.accessToken(), refreshToken, tokens.expiresAt());
  }
}
