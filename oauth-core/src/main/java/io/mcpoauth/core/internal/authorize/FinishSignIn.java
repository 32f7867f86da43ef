package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.internal.authorize.PendingLogins.Approved;
import io.mcpoauth.core.internal.authorize.PendingLogins.Pending;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callback: takes the login out of storage, once and for the approving browser only, and only
 * then talks to the provider (UP-01 to UP-03).
 */
public final class FinishSignIn {

  private static final Logger log = LoggerFactory.getLogger(FinishSignIn.class);

  /** Asked with where the browser brought nothing: no login waits for it. */
  private static final SecretHash NO_BROWSER = SecretHash.of("no browser");

  private final LoginStore logins;
  private final PendingLogins pendingLogins;
  private final Providers providers;
  private final AccessPolicy policy;
  private final IssueCode issueCode;
  private final FinishAccountSignIn account;
  private final RecallConsent recall;
  private final ClientRedirect redirects;
  private final KeyRing keys;
  private final AuditLog audit;

  /** Finishes what {@link BeginSignIn} began. */
  public FinishSignIn(
      LoginStore logins,
      Providers providers,
      AccessPolicy policy,
      IssueCode issueCode,
      FinishAccountSignIn account,
      RecallConsent recall,
      String issuer,
      KeyRing keys,
      SecretSource random,
      AuditLog audit) {
    this.logins = logins;
    this.pendingLogins = new PendingLogins(keys, random);
    this.providers = providers;
    this.policy = policy;
    this.issueCode = issueCode;
    this.account = account;
    this.recall = recall;
    this.redirects = new ClientRedirect(issuer);
    this.keys = keys;
    this.audit = audit;
  }

  /** Sends the browser back to where it came from, with what the sign-in gave or an error. */
  public AuthorizeOutcome finish(CallbackRequest request) {
    String state =
        request.parameters().isRepeated("state") ? null : request.parameters().get("state");
    Optional<String> loginId = Optional.ofNullable(state).flatMap(LoginSecrets::loginIdOf);
    if (state == null || loginId.isEmpty() || !isOurs(loginId.get(), state, request.provider())) {
      return gone();
    }
    Secret browserSecret = request.browserSecrets().get(loginId.get());
    LoginStore.Consumption consumption =
        logins.consume(loginId.get(), browserSecret == null ? NO_BROWSER : browserSecret.hash());
    if (consumption instanceof LoginStore.Consumption.Consumed consumed) {
      return pendingLogins
          .open(loginId.get(), consumed.sealedRequest())
          .map(pending -> finish(loginId.get(), pending, state, request))
          .orElseGet(FinishSignIn::gone);
    }
    return consumption instanceof LoginStore.Consumption.WrongBrowser ? otherBrowser() : gone();
  }

  /**
   * Tells a forged state from one that we made, and one that came back from another provider than
   * it was made for (UP-07), without a look-up, so that neither ends anything.
   */
  private boolean isOurs(String loginId, String state, @Nullable String path) {
    return providers.all().stream()
        .filter(provider -> providers.mayAnswerAt(provider, path))
        .anyMatch(
            provider -> LoginSecrets.ofState(keys, loginId, provider.id(), state).isPresent());
  }

  private AuthorizeOutcome finish(
      String loginId, Pending pending, String state, CallbackRequest request) {
    Optional<LoginSecrets> secrets =
        LoginSecrets.ofState(keys, loginId, pending.providerId(), state);
    Optional<IdentityProvider> provider = providers.find(pending.providerId());
    if (secrets.isEmpty() || provider.isEmpty()) {
      return gone();
    }
    SignInAnswer answer =
        provider
            .get()
            .finish(
                new SignInCallback(
                    request.parameters(),
                    providers.redirectUri(provider.get()),
                    secrets.get().codeVerifier(),
                    secrets.get().nonce().expose()));
    return pending instanceof Approved approved
        ? respond(new SignIn(loginId, approved, provider.get(), request), answer)
        : respondToAccount(loginId, provider.get(), answer);
  }

  /** A sign-in that came back from its provider. */
  private record SignIn(
      String loginId, Approved approved, IdentityProvider provider, CallbackRequest received) {

    AuthorizationRequest request() {
      return approved.request();
    }
  }

  private AuthorizeOutcome respond(SignIn signIn, SignInAnswer answer) {
    if (answer instanceof SignInAnswer.SignedIn signedIn) {
      return admit(signIn, signedIn);
    }
    if (answer instanceof SignInAnswer.NotAllowed notAllowed) {
      return notAllowed(signIn, notAllowed.user(), notAllowed.rule());
    }
    AuthorizationRequest request = signIn.request();
    ErrorCode error = errorOf(signIn.provider().id(), answer);
    audit.write(
        new AuditEvent.SignInRefused(
            signIn.loginId(), request.clientId(), signIn.provider().id(), error));
    return answer instanceof SignInAnswer.WrongIssuer
        ? otherIssuer()
        : redirects.withError(request.redirectUri(), error, request.state());
  }

  private AuthorizeOutcome respondToAccount(
      String loginId, IdentityProvider provider, SignInAnswer answer) {
    if (!(answer instanceof SignInAnswer.SignedIn signedIn)) {
      return account.refuse(loginId, provider, errorOf(provider.id(), answer));
    }
    boolean welcome =
        providers.mayVouchFor(provider, signedIn.user()) && policy.permits(signedIn.user());
    return welcome
        ? account.admit(loginId, signedIn)
        : account.refuse(loginId, provider, ErrorCode.ACCESS_DENIED);
  }

  private AuthorizeOutcome admit(SignIn signIn, SignInAnswer.SignedIn signedIn) {
    User user = signedIn.user();
    if (!providers.mayVouchFor(signIn.provider(), user)) {
      return respond(signIn, new SignInAnswer.Rejected("the user's id may be another provider's"));
    }
    Optional<String> rule = policy.ruleAgainst(user);
    if (rule.isPresent()) {
      return notAllowed(signIn, user, rule.get());
    }
    audit.write(
        new AuditEvent.SignInFinished(
            signIn.loginId(), signIn.request().clientId(), signIn.provider().id(), user.id()));
    return recall
        .objection(signIn.approved(), user, signIn.received())
        .orElseGet(() -> respond(signIn, user, issueCode.issue(signIn.request(), signedIn)));
  }

  private AuthorizeOutcome notAllowed(SignIn signIn, User user, String rule) {
    AuthorizationRequest request = signIn.request();
    audit.write(
        new AuditEvent.UserNotAllowed(user.id(), user.provider(), request.clientId(), rule));
    Secret location =
        redirects
            .withError(request.redirectUri(), ErrorCode.ACCESS_DENIED, request.state())
            .location();
    return new AuthorizeOutcome.NotAllowed(
        signIn.provider().displayName(),
        user.email() == null ? user.name() : user.email(),
        location);
  }

  private AuthorizeOutcome respond(SignIn signIn, User user, IssueCode.Result result) {
    AuthorizationRequest request = signIn.request();
    if (result instanceof IssueCode.Issued issued) {
      return recall.remembering(
          redirects.withCode(request.redirectUri(), issued.code(), request.state()),
          signIn.approved(),
          user,
          signIn.received());
    }
    return switch (((IssueCode.ClientMissing) result).reason()) {
      case UNKNOWN -> clientGone();
      // The user approved of this redirect URI minutes ago, so the client may be told.
      case UNREADABLE, BUSY ->
          redirects.withError(
              request.redirectUri(), ErrorCode.TEMPORARILY_UNAVAILABLE, request.state());
    };
  }

  private static ErrorCode errorOf(String providerId, SignInAnswer answer) {
    if (answer instanceof SignInAnswer.Rejected rejected) {
      log.warn("Sign-in at provider {} was rejected: {}", providerId, rejected.cause());
      return ErrorCode.SERVER_ERROR;
    }
    if (answer instanceof SignInAnswer.WrongIssuer) {
      log.warn("An answer at the callback of provider {} is another issuer's", providerId);
      return ErrorCode.INVALID_REQUEST;
    }
    if (answer instanceof SignInAnswer.Unavailable unavailable) {
      log.warn("Provider {} is unavailable: {}", providerId, unavailable.cause());
      return ErrorCode.TEMPORARILY_UNAVAILABLE;
    }
    return ErrorCode.ACCESS_DENIED;
  }

  private static ErrorPage gone() {
    return page(
        ErrorPage.Kind.BAD_REQUEST,
        "this sign-in has expired or was finished already; start again from your app");
  }

  private static ErrorPage clientGone() {
    return page(ErrorPage.Kind.BAD_REQUEST, "this client is not registered here any more");
  }

  private static ErrorPage otherBrowser() {
    return page(
        ErrorPage.Kind.FORBIDDEN,
        "this sign-in was started in another browser, or cookies are off; start again from your"
            + " app");
  }

  /** UP-07: whoever mixes up providers is after the code, and must get no further. */
  private static ErrorPage otherIssuer() {
    return page(
        ErrorPage.Kind.BAD_REQUEST,
        "this answer is not from the provider that was asked; start again from your app");
  }

  private static ErrorPage page(ErrorPage.Kind kind, String description) {
    return new ErrorPage(kind, new OAuthError(ErrorCode.INVALID_REQUEST, description));
  }
}
