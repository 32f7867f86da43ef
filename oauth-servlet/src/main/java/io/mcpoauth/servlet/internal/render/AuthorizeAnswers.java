package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.authorize.ApprovalsCookie;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.AskConsent;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeOutcome.NotAllowed;
import io.mcpoauth.core.authorize.AuthorizeOutcome.NotSignedIn;
import io.mcpoauth.core.authorize.AuthorizeOutcome.OfferReturn;
import io.mcpoauth.core.authorize.AuthorizeOutcome.SignedInHere;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.servlet.internal.cookie.BrowserCookies;
import io.mcpoauth.servlet.internal.page.AccountView;
import io.mcpoauth.servlet.internal.page.ConsentView;
import io.mcpoauth.servlet.internal.page.NotAllowedView;
import io.mcpoauth.servlet.message.Answer;
import java.time.Duration;

/**
 * What the browser gets after each step of the authorization endpoint.
 *
 * @param redirectStatus 302 after a GET, 303 after a POST; never 307 or 308, which would send the
 *     form on (OAuth 2.1 section 7.5.4)
 * @param consentLifetime how long the browser may take to answer the consent page
 * @param accountUrl where users see what they granted
 */
public record AuthorizeAnswers(
    PageErrors errors, int redirectStatus, Duration consentLifetime, String accountUrl)
    implements AuthorizeOutcome.Cases<Answer> {

  @Override
  public Answer askConsent(AskConsent outcome) {
    return ConsentView.answer(outcome.page())
        .with(
            "Set-Cookie",
            BrowserCookies.setConsent(outcome.page().browserSecret(), consentLifetime));
  }

  @Override
  public Answer toProvider(ToProvider outcome) {
    return redirect(outcome.location().toString())
        .with(
            "Set-Cookie",
            BrowserCookies.setLogin(
                outcome.loginId(), outcome.browserSecret(), outcome.lifetime()));
  }

  @Override
  public Answer toClient(ToClient outcome) {
    Answer answer = redirect(outcome.location().expose());
    ApprovalsCookie approvals = outcome.approvals();
    return approvals == null
        ? answer
        : answer.with(
            "Set-Cookie", BrowserCookies.setApprovals(approvals.value(), approvals.lifetime()));
  }

  @Override
  public Answer offerReturn(OfferReturn outcome) {
    return errors.offerReturn(outcome.error(), outcome.location().expose());
  }

  /** Who cannot read the page is sent back at once. */
  @Override
  public Answer notAllowed(NotAllowed outcome) {
    return errors.wantsJson()
        ? redirect(outcome.location().expose())
        : NotAllowedView.answer(outcome);
  }

  @Override
  public Answer signedInHere(SignedInHere outcome) {
    return redirect(accountUrl)
        .with("Set-Cookie", BrowserCookies.setSession(outcome.session(), outcome.lifetime()));
  }

  @Override
  public Answer notSignedIn(NotSignedIn outcome) {
    return AccountView.notSignedIn(outcome.error(), accountUrl);
  }

  @Override
  public Answer errorPage(ErrorPage outcome) {
    return switch (outcome.kind()) {
      case BAD_REQUEST -> errors.badRequest(400, outcome.error());
      case FORBIDDEN -> errors.forbidden(outcome.error());
      case UNAVAILABLE -> errors.busy();
    };
  }

  private Answer redirect(String location) {
    return Answer.empty(redirectStatus)
        .with("Location", location)
        .with("Referrer-Policy", "no-referrer")
        .notStored();
  }
}
