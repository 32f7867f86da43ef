package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.internal.client.ClientDirectory;
import io.mcpoauth.core.internal.client.ClientLookup;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.RedirectUri;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint (OAuth 2.1 section 4.1.1). The order of the checks is the defence: as
 * long as client and redirect URI are not known to be right, nothing is redirected anywhere.
 *
 * <p>Nothing is stored before the user decides: the checked request travels sealed in the consent
 * form, so a flood of requests costs no database work (DS-06).
 */
public final class StartAuthorization {

  private final ClientDirectory clients;
  private final RequestChecks checks;
  private final ConsentPages pages;
  private final RecallConsent recall;
  private final ClientRedirect redirects;
  private final URI issuer;
  private final AuditLog audit;

  /** Answers for these clients. */
  public StartAuthorization(
      ClientDirectory clients,
      RequestChecks checks,
      ConsentPages pages,
      RecallConsent recall,
      String issuer,
      AuditLog audit) {
    this.clients = clients;
    this.checks = checks;
    this.pages = pages;
    this.recall = recall;
    this.redirects = new ClientRedirect(issuer);
    this.issuer = URI.create(issuer);
    this.audit = audit;
  }

  /** Asks the user, unless that was done before, or says what is wrong with the request. */
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
    return recall
        .recall(client, checked, request)
        .orElseGet(() -> pages.ask(client, checked, request.browserSecret()));
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

  private static ErrorPage page(String description) {
    return new ErrorPage(
        ErrorPage.Kind.BAD_REQUEST, new OAuthError(ErrorCode.INVALID_REQUEST, description));
  }
}
