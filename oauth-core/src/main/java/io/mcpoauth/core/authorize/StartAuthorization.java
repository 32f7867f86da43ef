package io.mcpoauth.core.authorize;

import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.client.ClientDirectory;
import io.mcpoauth.core.client.ClientLookup;
import io.mcpoauth.core.model.AuthorizationRequest;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint (OAuth 2.1 section 4.1.1). The order of the checks is the defence: as
 * long as client and redirect URI are not known to be right, nothing is redirected anywhere.
 *
 * <p>Nothing is stored before the user decides: the checked request travels sealed in the consent
 * form, so a flood of requests costs no database work (DS-06).
 */
public final class StartAuthorization {

  private static final Pattern BROWSER_SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final ClientDirectory clients;
  private final RequestChecks checks;
  private final ConsentTickets tickets;
  private final ClientRedirect redirects;
  private final URI issuer;
  private final List<ProviderChoice> providers;
  private final SecretSource random;
  private final AuditLog audit;

  /** Answers for these clients and providers. */
  public StartAuthorization(
      ClientDirectory clients,
      RequestChecks checks,
      ConsentTickets tickets,
      String issuer,
      List<ProviderChoice> providers,
      SecretSource random,
      AuditLog audit) {
    this.clients = clients;
    this.checks = checks;
    this.tickets = tickets;
    this.redirects = new ClientRedirect(issuer);
    this.issuer = URI.create(issuer);
    this.providers = List.copyOf(providers);
    this.random = random;
    this.audit = audit;
  }

  /** Asks the user, or says what is wrong with the request. */
  public AuthorizeOutcome start(AuthorizeRequest request) {
    Parameters parameters = request.parameters();
    if (parameters.isAnyRepeated(List.of("client_id", "redirect_uri"))) {
      return page("client_id and redirect_uri must each stand once");
    }
    String clientId = parameters.get("client_id");
    if (clientId == null) {
      return page("client_id is missing");
    }
    ClientLookup lookup = clients.find(clientId);
    if (lookup instanceof ClientLookup.NotFound missing) {
      return ClientPages.notFound(missing.reason());
    }
    return check(((ClientLookup.Found) lookup).client(), request);
  }

  private AuthorizeOutcome check(Client client, AuthorizeRequest request) {
    Optional<RedirectUri> redirectUri =
        redirectUri(client, request.parameters().get("redirect_uri"));
    // A loopback port is free, so ours can turn up here too (AZ-35).
    if (redirectUri.isEmpty() || redirectUri.get().isOn(issuer)) {
      return page("redirect_uri is not one that this client registered");
    }
    return check(client, redirectUri.get(), request);
  }

  private AuthorizeOutcome check(Client client, RedirectUri redirectUri, AuthorizeRequest request) {
    Parameters parameters = request.parameters();
    String state = parameters.isRepeated("state") ? null : parameters.get("state");
    RequestChecks.Result result = checks.check(client, redirectUri, parameters, state);
    if (result instanceof RequestChecks.Refused refused) {
      OAuthError error = refused.error();
      audit.write(RequestRefused.of(Endpoint.AUTHORIZE, error, client.id()));
      AuthorizeOutcome.ToClient redirect =
          redirects.withError(redirectUri, error.code(), error.description(), state);
      return client.origin() == Client.Origin.OPERATOR
          ? redirect
          : new AuthorizeOutcome.OfferReturn(error, redirect.location());
    }
    AuthorizationRequest checked = ((RequestChecks.Accepted) result).request();
    Secret browserSecret = browserSecret(request.browserSecret());
    return new AuthorizeOutcome.AskConsent(
        new ConsentPage(
            client.name(),
            client.id(),
            client.origin() == Client.Origin.OPERATOR,
            redirectUri,
            checked.scopes(),
            checked.resource(),
            providers,
            tickets.issue(checked, client.revision(), browserSecret),
            browserSecret));
  }

  /** OAuth 2.1 section 4.1.1: it may be left out only where there is no choice. */
  private static Optional<RedirectUri> redirectUri(Client client, @Nullable String presented) {
    if (presented == null) {
      return client.redirectUris().size() == 1
          ? Optional.of(client.redirectUris().get(0))
          : Optional.empty();
    }
    return client.registeredFormOf(presented).flatMap(registered -> RedirectUri.parse(presented));
  }

  /** One secret per browser, so that pages rendered side by side can all be submitted (CN-08). */
  private Secret browserSecret(@Nullable Secret existing) {
    return existing != null && BROWSER_SECRET.matcher(existing.expose()).matches()
        ? existing
        : random.secret();
  }

  private static ErrorPage page(String description) {
    return new ErrorPage(
        ErrorPage.Kind.BAD_REQUEST, new OAuthError(ErrorCode.INVALID_REQUEST, description));
  }
}
