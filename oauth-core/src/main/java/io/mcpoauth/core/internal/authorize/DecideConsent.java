package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.internal.authorize.ConsentTickets.Ticket;
import io.mcpoauth.core.internal.client.ClientDirectory;
import io.mcpoauth.core.internal.client.ClientLookup;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The user's decision on the consent page. Only an approval leads to a provider (CN-01). */
public final class DecideConsent {

  private final ClientDirectory clients;
  private final LoginStore logins;
  private final ConsentTickets tickets;
  private final RememberedConsents remembered;
  private final BeginSignIn signIns;
  private final ClientRedirect redirects;
  private final Duration lifetime;
  private final AuditLog audit;

  /** Decides, and begins sign-ins there; that one was declined is remembered for the lifetime. */
  public DecideConsent(
      ClientDirectory clients,
      LoginStore logins,
      ConsentTickets tickets,
      RememberedConsents remembered,
      BeginSignIn signIns,
      String issuer,
      Duration lifetime,
      AuditLog audit) {
    this.clients = clients;
    this.logins = logins;
    this.tickets = tickets;
    this.remembered = remembered;
    this.signIns = signIns;
    this.redirects = new ClientRedirect(issuer);
    this.lifetime = lifetime;
    this.audit = audit;
  }

  /** Sends the browser on, to the provider or back to the client. */
  public AuthorizeOutcome decide(ConsentSubmission submission) {
    Secret text = submission.ticket();
    Optional<Ticket> opened = text == null ? Optional.empty() : tickets.open(text);
    if (opened.isEmpty()) {
      return BeginSignIn.expired();
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
      return BeginSignIn.badRequest(
          "the app has changed what it says about itself since this page was shown; start again"
              + " from your app");
    }
    String providerId = submission.providerId();
    return providerId == null
        ? decline(ticket)
        : approve(ticket, providerId, submission.remember());
  }

  private AuthorizeOutcome decline(Ticket ticket) {
    if (!logins.cancel(ticket.id(), lifetime)) {
      return BeginSignIn.expired();
    }
    AuthorizationRequest request = ticket.request();
    audit.write(
        new AuditEvent.ConsentDenied(
            ticket.id(), request.clientId(), request.redirectUri().value(), request.resource()));
    return redirects.withError(request.redirectUri(), ErrorCode.ACCESS_DENIED, request.state());
  }

  private AuthorizeOutcome approve(Ticket ticket, String providerId, boolean remember) {
    AuthorizeOutcome outcome =
        signIns.begin(
            ticket.id(),
            new PendingLogins.Approved(
                ticket.request(),
                providerId,
                remember && remembered.mayRemember(ticket.request())
                    ? ConsentMemory.keeping(ticket.clientRevision())
                    : ConsentMemory.NONE));
    if (outcome instanceof AuthorizeOutcome.ToProvider) {
      note(ticket, providerId);
    }
    return outcome;
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
            providerId,
            false));
  }

  /** The decision is about what the user saw, not about what the client is now (CN-17). */
  private static boolean isAsShown(Client client, Ticket ticket) {
    return client.revision().equals(ticket.clientRevision())
        && client.registeredFormOf(ticket.request().redirectUri().value()).isPresent();
  }

  private static boolean isOfThisBrowser(Ticket ticket, @Nullable Secret browserSecret) {
    return browserSecret != null && ticket.browser().matches(browserSecret.hash());
  }
}
