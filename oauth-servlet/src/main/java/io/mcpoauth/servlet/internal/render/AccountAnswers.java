package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.account.AccountOutcome;
import io.mcpoauth.core.account.AccountOutcome.Overview;
import io.mcpoauth.core.account.AccountOutcome.SignInNeeded;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.servlet.internal.cookie.BrowserCookies;
import io.mcpoauth.servlet.internal.page.AccountView;
import io.mcpoauth.servlet.message.Answer;

/**
 * What the browser gets of the user's own page.
 *
 * @param accountUrl where that page is
 * @param hadSession whether the browser sent a session, good or not
 */
public record AccountAnswers(String accountUrl, boolean hadSession, PageErrors errors)
    implements AccountOutcome.Cases<Answer> {

  /** RFC 9110 section 15.5.2 wants one; the scheme keeps browsers from asking for a password. */
  private static final String CHALLENGE = "Cookie realm=\"account\"";

  private static final OAuthError FORM_REFUSED =
      new OAuthError(
          ErrorCode.INVALID_REQUEST,
          "This form is out of date. Go back to the page and try again.");

  @Override
  public Answer overview(Overview outcome) {
    return AccountView.overview(outcome, accountUrl);
  }

  /** A cookie that is worth nothing any more goes (WB-07). */
  @Override
  public Answer signInNeeded(SignInNeeded outcome) {
    Answer page = AccountView.signIn(outcome.providers(), accountUrl);
    return hadSession
        ? page.withStatus(401)
            .with("WWW-Authenticate", CHALLENGE)
            .with("Set-Cookie", BrowserCookies.clearSession())
        : page;
  }

  @Override
  public Answer formRefused() {
    return errors.forbidden(FORM_REFUSED);
  }

  /** Never 307 or 308, which would send the form again (OAuth 2.1 section 7.5.4). */
  @Override
  public Answer disconnected() {
    return Answer.empty(303).with("Location", accountUrl).notStored();
  }

  @Override
  public Answer signedOut() {
    return AccountView.signedOut(accountUrl).with("Set-Cookie", BrowserCookies.clearSession());
  }
}
