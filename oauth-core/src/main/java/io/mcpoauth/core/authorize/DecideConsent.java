package io.mcpoauth.core.authorize;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.ConsentTickets.Ticket;
import io.mcpoauth.core.client.ClientDirectory;
import io.mcpoauth.core.client.ClientLookup;
import io.mcpoauth.core.model.AuthorizationRequest;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's decision on the consent page. Only an approval leads to a provider (CN-01). */
public final class DecideConsent {

  private static final Logger log = LoggerFactory.getLogger(DecideConsent.class);

  private final ClientDirectory clients;
  private final LoginStore logins;
  private final ConsentTickets tickets;
  private final PendingLogins pendingLogins;
  private final Providers providers;
  private final ClientRedirect redirects;
  private final KeyRing keys;
  private final Duration lifetime;
  private final AuditLog audit;

  /** Decides for these providers; a begun login ends by itself after the lifetime. */
  public DecideConsent(
      ClientDirectory clients,
      LoginStore logins,
      ConsentTickets tickets,
      Providers providers,
      String issuer,
      KeyRing keys,
      SecretSource random,
      Duration lifetime,
      AuditLog audit) {
    this.clients = clients;
    this.logins = logins;
    this.tickets = tickets;
    this.pendingLogins = new PendingLogins(keys, random);
    this.providers = providers;
    this.redirects = new ClientRedirect(issuer);
    this.keys = keys;
    this.lifetime = lifetime;
    this.audit = audit;
  }

  /** Sends the browser on, to the provider or back to the client. */
  public AuthorizeOutcome decide(ConsentSubmission submission) {
    Secret text = submission.ticket();
    Optional<Ticket> opened = text == null ? Optional.empty() : tickets.open(text);
    if (opened.isEmpty()) {
      return expired();
    }
    Ticket ticket = opened.get();
    if (!isOfThisBrowser(ticket, submission.browserSecret())) {
      return new ErrorPage(
          ErrorPage.Kind.FORBIDDEN,
          new OAuthError(
              ErrorCode.ACCESS_DENIED,
              "this page was opened in another browser, or cookies are off"));
    }
    ClientLookup lookup = clients.find(ticket.request().clientId(), ticket.clientRevision());
    if (lookup instanceof ClientLookup.NotFound missing) {
      return ClientPages.notFound(missing.reason());
    }
    if (!isAsShown(((ClientLookup.Found) lookup).client(), ticket)) {
      return badRequest(
          "the app has changed what it says about itself since this page was shown; start again"
              + " from your app");
    }
    String providerId = submission.providerId();
    return providerId == null ? decline(ticket) : approve(ticket, providerId);
  }

  private AuthorizeOutcome decline(Ticket ticket) {
    if (!logins.cancel(ticket.id(), lifetime)) {
      return expired();
    }
    AuthorizationRequest request = ticket.request();
    audit.write(
        new AuditEvent.ConsentDenied(
            ticket.id(), request.clientId(), request.redirectUri().value(), request.resource()));
    return redirects.withError(request.redirectUri(), ErrorCode.ACCESS_DENIED, request.state());
  }

  private AuthorizeOutcome approve(Ticket ticket, String providerId) {
    Optional<IdentityProvider> provider = providers.find(providerId);
    if (provider.isEmpty()) {
      return badRequest("there is no such sign-in provider");
    }
    LoginSecrets secrets = LoginSecrets.derive(keys, ticket.id(), providerId);
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
      log.warn("Provider {} cannot start a sign-in: {}", providerId, unavailable.cause());
      return unavailable();
    }
    return begin(ticket, providerId, secrets, ((StartAnswer.Redirect) start).location());
  }

  private AuthorizeOutcome begin(
      Ticket ticket, String providerId, LoginSecrets secrets, URI location) {
    PendingLogin login =
        new PendingLogin(
            ticket.id(),
            secrets.browserSecret().hash(),
            pendingLogins.seal(
                ticket.id(), new PendingLogins.Approved(ticket.request(), providerId)));
    return switch (logins.begin(login, lifetime)) {
      case ENDED -> expired();
      // A doubled approval gets the same answer: the secrets are derived from the ticket's id.
      case BEGUN -> {
        note(ticket, providerId);
        yield new AuthorizeOutcome.ToProvider(
            location, ticket.id(), secrets.browserSecret(), lifetime);
      }
    };
  }

  private void note(Ticket ticket, String providerId) {
    AuthorizationRequest request = ticket.request();
    audit.write(
        new AuditEvent.ConsentGiven(
            ticket.id(),
            request.clientId(),
            request.redirectUri().value(),
            request.resource(),
            request.scopes(),
            providerId));
  }

  /** The decision is about what the user saw, not about what the client is now (CN-17). */
  private static boolean isAsShown(Client client, Ticket ticket) {
    return client.revision().equals(ticket.clientRevision())
        && client.registeredFormOf(ticket.request().redirectUri().value()).isPresent();
  }

  private static boolean isOfThisBrowser(Ticket ticket, @Nullable Secret browserSecret) {
    return browserSecret != null && ticket.browser().matches(browserSecret.hash());
  }

  private static ErrorPage expired() {
    return badRequest("this page has expired or was answered already; start again from your app");
  }

  private static ErrorPage badRequest(String description) {
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
