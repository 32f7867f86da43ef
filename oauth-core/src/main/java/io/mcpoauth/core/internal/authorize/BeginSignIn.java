package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a browser to a provider, after storage knows what to do when it comes back. */
public final class BeginSignIn {

  private static final Logger log = LoggerFactory.getLogger(BeginSignIn.class);

  private final LoginStore logins;
  private final PendingLogins pendingLogins;
  private final Providers providers;
  private final KeyRing keys;
  private final SecretSource random;
  private final Duration lifetime;

  /** Sign-ins at these providers; one ends by itself after the lifetime. */
  public BeginSignIn(
      LoginStore logins,
      Providers providers,
      KeyRing keys,
      SecretSource random,
      Duration lifetime) {
    this.logins = logins;
    this.pendingLogins = new PendingLogins(keys, random);
    this.providers = providers;
    this.keys = keys;
    this.random = random;
    this.lifetime = lifetime;
  }

  /** A sign-in of a user who wants to see their own page, without any client. */
  public AuthorizeOutcome forAccount(String providerId) {
    return begin(random.identifier(), new PendingLogins.Account(providerId));
  }

  /** A sign-in of that id, which can begin again until it has ended: to the same effect. */
  AuthorizeOutcome begin(String loginId, PendingLogins.Pending pending) {
    Optional<IdentityProvider> provider = providers.find(pending.providerId());
    if (provider.isEmpty()) {
      return badRequest("there is no such sign-in provider");
    }
    LoginSecrets secrets = LoginSecrets.derive(keys, loginId, pending.providerId());
    StartAnswer start =
        provider
            .get()
            .start(
                new SignInRequest(
                    providers.redirectUri(provider.get()),
                    secrets.state().expose(),
                    secrets.codeChallenge(),
                    secrets.nonce().expose()));
    if (start instanceof StartAnswer.Unavailable unavailable) {
      log.warn("Provider {} cannot start a sign-in: {}", provider.get().id(), unavailable.cause());
      return unavailable();
    }
    return begin(loginId, pending, secrets, ((StartAnswer.Redirect) start).location());
  }

  private AuthorizeOutcome begin(
      String loginId, PendingLogins.Pending pending, LoginSecrets secrets, URI location) {
    PendingLogin login =
        new PendingLogin(
            loginId, secrets.browserSecret().hash(), pendingLogins.seal(loginId, pending));
    return switch (logins.begin(login, lifetime)) {
      case ENDED -> expired();
      // A doubled approval gets the same answer: the secrets are derived from the id.
      case BEGUN -> new ToProvider(location, loginId, secrets.browserSecret(), lifetime);
    };
  }

  static ErrorPage expired() {
    return badRequest("this page has expired or was answered already; start again from your app");
  }

  static ErrorPage badRequest(String description) {
    return new ErrorPage(
        ErrorPage.Kind.BAD_REQUEST, new OAuthError(ErrorCode.INVALID_REQUEST, description));
  }

  private static ErrorPage unavailable() {
    return new ErrorPage(
        ErrorPage.Kind.UNAVAILABLE,
        new OAuthError(
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            "the sign-in provider cannot be reached right now; go back and try again"));
  }
}
