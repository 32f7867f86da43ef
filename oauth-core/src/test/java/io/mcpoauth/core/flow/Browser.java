package io.mcpoauth.core.flow;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.secret.Secret;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user's browser: keeps the cookies that it is given. */
final class Browser {

  private final AuthorizationServer server;
  private final Map<String, Secret> loginCookies = new HashMap<>();
  private @Nullable Secret consentCookie;

  Browser(AuthorizationServer server) {
    this.server = server;
  }

  AuthorizeOutcome open(Query query) {
    AuthorizeOutcome outcome =
        server.authorize(new AuthorizeRequest(query.parameters(), consentCookie));
    if (outcome instanceof AuthorizeOutcome.AskConsent ask) {
      consentCookie = ask.page().browserSecret();
    }
    return outcome;
  }

  AuthorizeOutcome approve(ConsentPage page) {
    return approve(page, page.providers().get(0).id());
  }

  AuthorizeOutcome approve(ConsentPage page, String providerId) {
    return submit(new ConsentSubmission(page.ticket(), providerId, consentCookie));
  }

  AuthorizeOutcome decline(ConsentPage page) {
    return submit(new ConsentSubmission(page.ticket(), null, consentCookie));
  }

  AuthorizeOutcome submit(ConsentSubmission submission) {
    return keepingCookies(server.decide(submission));
  }

  /** To see the user's own page. */
  AuthorizeOutcome signIn(String providerId) {
    return keepingCookies(server.signIn(providerId));
  }

  private AuthorizeOutcome keepingCookies(AuthorizeOutcome outcome) {
    if (outcome instanceof ToProvider login) {
      loginCookies.put(login.loginId(), login.browserSecret());
    }
    return outcome;
  }

  /** From the provider that the flow's sign-ins usually are at. */
  AuthorizeOutcome comeBack(Query query) {
    return comeBack("idp", query);
  }

  /** To the callback of one of several providers. */
  AuthorizeOutcome comeBack(String provider, Query query) {
    return server.callback(new CallbackRequest(query.parameters(), loginCookies, provider));
  }

  /** To the callback of the only provider. */
  AuthorizeOutcome comeBackToTheOnly(Query query) {
    return server.callback(new CallbackRequest(query.parameters(), loginCookies));
  }
}
