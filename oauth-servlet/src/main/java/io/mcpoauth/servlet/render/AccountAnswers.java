package io.mcpoauth.servlet.render;

import io.mcpoauth.core.account.AccountOutcome;
import io.mcpoauth.core.account.AccountOutcome.Overview;
import io.mcpoauth.core.account.AccountOutcome.SignInNeeded;
import io.mcpoauth.servlet.cookie.BrowserCookies;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.page.AccountView;

/**
 * What the browser gets of the user's own page.
 *
 * @param accountUrl where that page is
 */
public record AccountAnswers(String accountUrl) implements AccountOutcome.Cases<Answer> {

  @Override
  public Answer overview(Overview outcome) {
    return AccountView.overview(outcome, accountUrl);
  }

  /** A cookie that is worth nothing any more goes. */
  @Override
  public Answer signInNeeded(SignInNeeded outcome) {
    return AccountView.signIn(outcome.providers(), accountUrl)
        .with("Set-Cookie", BrowserCookies.clearSession());
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
