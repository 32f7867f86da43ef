package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.RevokeAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks a provider's token endpoint (RFC 6749 sections 4.1.3 and 6). */
final class TokenEndpoint {

  private static final String NO_CODE = "made-up-code-of-a-configuration-check";
  private static final String NO_VERIFIER = "made-up-verifier-of-a-configuration-check-0";

  private final GuardedHttp http;
  private final ClientCredentials credentials;
  private final InstantSource clock;

  TokenEndpoint(GuardedHttp http, ClientCredentials credentials, InstantSource clock) {
    this.http = http;
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * Whom to ask, and until when.
   *
   * @param methods of client authentication that it supports, by their wire names
   */
  record Provider(URI endpoint, Set<String> methods, Deadline deadline) {}

  /** Redeems the code; the verifier proves that it was issued to this sign-in (UP-09). */
  Step<TokenReply.Granted> redeem(Provider provider, Secret code, SignInCallback callback) {
    FormData form =
        new FormData()
            .add("grant_type", "authorization_code")
            .add("code", code.expose())
            .add("redirect_uri", callback.redirectUri().toString())
            .add("code_verifier", callback.codeVerifier().expose());
    TokenReply reply = ask(provider, form);
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
   *
   * @param scopes to be named again; empty where that is not needed
   * @param next what to answer to new tokens
   */
  RefreshAnswer refresh(
      Provider provider,
      UpstreamTokens tokens,
      Scopes scopes,
      Function<TokenReply.Granted, RefreshAnswer> next) {
    Secret refreshToken = tokens.refreshToken();
    if (refreshToken == null) {
      return new RefreshAnswer.GrantDead();
    }
    FormData form =
        new FormData()
            .add("grant_type", "refresh_token")
            .add("refresh_token", refreshToken.expose());
    if (!scopes.isEmpty()) {
      form.add("scope", scopes.toString());
    }
    TokenReply reply = ask(provider, form);
    if (reply instanceof TokenReply.Granted granted) {
      return next.apply(
          new TokenReply.Granted(keepingOld(refreshToken, granted.tokens()), granted.idToken()));
    }
    if (reply instanceof TokenReply.Refused refused) {
      return refused.error().isDeadGrant()
          ? new RefreshAnswer.GrantDead()
          : new RefreshAnswer.Unavailable("the token endpoint answered " + refused.error().code());
    }
    return new RefreshAnswer.Unavailable(((TokenReply.Unusable) reply).cause());
  }

  /** Redeems a code that was never issued: what is refused should be the code and nothing else. */
  Finding tryCredentials(Provider provider, URI redirectUri) {
    FormData form =
        new FormData()
            .add("grant_type", "authorization_code")
            .add("code", NO_CODE)
            .add("redirect_uri", redirectUri.toString())
            .add("code_verifier", NO_VERIFIER);
    TokenReply reply = ask(provider, form);
    if (reply instanceof TokenReply.Refused refused) {
      String answer = "the token endpoint answered " + refused.error().code();
      if (refused.error().isAboutClient()) {
        return Finding.broken(
            answer, "Compare client id and client secret with those at the provider.");
      }
      return refused.error().isAboutCode()
          ? Finding.sound("the token endpoint does not refuse our client id and secret")
          : Finding.doubtful(answer + " to a made-up code", "It should be invalid_grant.");
    }
    return reply instanceof TokenReply.Unusable unusable
        ? Finding.broken(unusable.cause(), "See that this machine may connect to it.")
        : Finding.broken("the token endpoint takes any code", "Do not trust this provider.");
  }

  /**
   * Gives tokens back (RFC 7009); the refresh token takes the access tokens with it.
   *
   * @param revocation where
   */
  RevokeAnswer revoke(Provider provider, URI revocation, UpstreamTokens tokens) {
    Optional<ClientAuthenticationMethod> method = credentials.methodAmong(provider.methods());
    if (method.isEmpty()) {
      return new RevokeAnswer.NotOffered();
    }
    Secret refreshToken = tokens.refreshToken();
    FormData form =
        new FormData()
            .add("token", (refreshToken == null ? tokens.accessToken() : refreshToken).expose())
            .add("token_type_hint", refreshToken == null ? "access_token" : "refresh_token");
    Secret authorization = credentials.authenticate(method.get(), provider.endpoint(), form);
    Fetched<HttpReply> fetched = http.post(revocation, form, authorization, provider.deadline());
    if (fetched instanceof Fetched.Got<HttpReply> got) {
      return got.value().isSuccess()
          ? new RevokeAnswer.Revoked()
          : new RevokeAnswer.Unavailable(
              "the revocation endpoint answered " + got.value().status());
    }
    return new RevokeAnswer.Unavailable(((Fetched.Missed<HttpReply>) fetched).cause());
  }

  private TokenReply ask(Provider provider, FormData form) {
    Optional<ClientAuthenticationMethod> method = credentials.methodAmong(provider.methods());
    if (method.isEmpty()) {
      return new TokenReply.Unusable(
          "the token endpoint takes neither client_secret_basic nor client_secret_post");
    }
    Secret authorization = credentials.authenticate(method.get(), provider.endpoint(), form);
    Fetched<HttpReply> fetched =
        http.post(provider.endpoint(), form, authorization, provider.deadline());
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
