package io.mcpoauth.servlet.internal.page;

import io.mcpoauth.core.authorize.AuthorizeOutcome.NotAllowed;
import io.mcpoauth.servlet.message.Answer;

/** Says to a user who signed in that the operator does not let this account in. */
public final class NotAllowedView {

  private static final String TITLE = "This account has no access";

  private static final String MAIN =
      """
      <h1>%1$s</h1>
      <p>You signed in with %2$s%3$s, but the people who run this server have not given that \
      account access. Nothing was connected.</p>
      <p>If you have another account, sign out at %2$s and connect again from the application. \
      Otherwise ask the people who run this server.</p>
      <p><a class="button" href="%4$s">Back to the application</a></p>
      """;

  private NotAllowedView() {}

  /** The page; its link tells the application that access was denied. */
  public static Answer answer(NotAllowed outcome) {
    String provider = Html.escape(DisplayText.of(outcome.provider(), "the provider"));
    String account = outcome.account() == null ? "" : DisplayText.of(outcome.account(), "");
    String main =
        MAIN.formatted(
            TITLE,
            provider,
            account.isEmpty() ? "" : " as <strong><bdi>" + Html.escape(account) + "</bdi></strong>",
            Html.escape(outcome.location().expose()));
    return Page.answer(403, TITLE, main);
  }
}
