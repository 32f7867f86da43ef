package io.mcpoauth.servlet.internal.page;

import io.mcpoauth.core.account.AccountOutcome.Overview;
import io.mcpoauth.core.account.ConnectedApp;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.message.Answer;
import java.util.List;
import java.util.stream.Collectors;

/** The user's own pages: what is connected, signing in to see it, and signing out. */
public final class AccountView {

  private static final String TITLE = "Connected apps";

  private static final String OVERVIEW =
      """
      <h1>Connected apps</h1>
      <p class="lead">Signed in as <strong><bdi>%1$s</bdi></strong></p>
      %2$s
      <form method="post" action="%3$s/sign-out">
      <input type="hidden" name="form_token" value="%4$s">
      <button type="submit">Sign out</button>
      </form>
      """;

  private static final String NOTHING =
      """
      <p>Nothing is connected. Applications that you allow to act on your behalf will be listed here.</p>
      """;

  private static final String APP =
      """
      <li>
      <h2 id="app-%1$d"><bdi>%2$s</bdi></h2>
      <dl>
      <div><dt>May use</dt><dd><code>%3$s</code></dd></div>
      %4$s<div><dt>Answers go to</dt><dd>%5$s</dd></div>
      <div><dt>Connected</dt><dd>%6$s</dd></div>
      <div><dt>Last renewed its access</dt><dd>%7$s</dd></div>
      </dl>
      <form method="post" action="%8$s/disconnect">
      <input type="hidden" name="form_token" value="%9$s">
      <input type="hidden" name="grant" value="%10$s">
      <button class="stop" type="submit" aria-describedby="app-%1$d">Disconnect</button>
      </form>
      </li>
      """;

  private static final String SIGN_IN =
      """
      <h1>Connected apps</h1>
      <p class="lead">Sign in to see which applications act on your behalf, and to disconnect them.</p>
      <form method="post" action="%1$s/sign-in">
      %2$s</form>
      <p class="small">You sign in on your provider’s own page, and stay signed in here for an hour at \
      the most.</p>
      """;

  private static final String AGAIN =
      """
      <h1>%1$s</h1>
      <p>%2$s</p>
      <p><a class="button" href="%3$s">%4$s</a></p>
      """;

  private AccountView() {}

  /** All that the user granted. */
  public static Answer overview(Overview overview, String accountUrl) {
    String action = Html.escape(accountUrl);
    String main =
        OVERVIEW.formatted(
            Html.escape(accountName(overview.user())),
            apps(overview, action),
            action,
            Html.escape(overview.formToken().expose()));
    return Page.answer(200, TITLE, main);
  }

  /** Asks where to sign in. */
  public static Answer signIn(List<ProviderChoice> providers, String accountUrl) {
    String buttons = providers.stream().map(ProviderButton::html).collect(Collectors.joining());
    return Page.answer(200, TITLE, SIGN_IN.formatted(Html.escape(accountUrl), buttons));
  }

  /** The session has ended. */
  public static Answer signedOut(String accountUrl) {
    return again(
        200,
        "You are signed out",
        "Applications that are connected stay connected. You may still be signed in at your"
            + " provider.",
        accountUrl,
        "Sign in again");
  }

  /** The sign-in did not succeed. */
  public static Answer notSignedIn(ErrorCode error, String accountUrl) {
    boolean denied = error == ErrorCode.ACCESS_DENIED;
    return again(
        denied ? 403 : 503,
        "You are not signed in",
        denied
            ? "The sign-in was cancelled, or this account has no access here. Nothing was changed."
            : "Your provider cannot be reached right now, or gave an answer that proves nothing."
                + " Nothing was changed.",
        accountUrl,
        "Try again");
  }

  private static Answer again(
      int status, String title, String text, String accountUrl, String label) {
    return Page.answer(status, title, AGAIN.formatted(title, text, Html.escape(accountUrl), label));
  }

  private static String apps(Overview overview, String action) {
    if (overview.apps().isEmpty()) {
      return NOTHING;
    }
    StringBuilder list = new StringBuilder("<ul class=\"apps\">\n");
    int number = 1;
    for (ConnectedApp app : overview.apps()) {
      list.append(app(app, number++, action, overview.formToken()));
    }
    return list.append("</ul>").toString();
  }

  private static String app(ConnectedApp app, int number, String action, Secret formToken) {
    Grant grant = app.grant().grant();
    return APP.formatted(
        number,
        Html.escape(ClientNames.of(app.clientName(), grant.clientId())),
        Html.escape(grant.resource().value()),
        permissions(grant),
        app.grant().redirectUri() == null
            ? "not known any more"
            : "<strong>"
                + Html.escape(ClientNames.destination(app.grant().redirectUri()))
                + "</strong>",
        TimeWords.html(app.grant().since()),
        TimeWords.html(app.grant().lastUsed()),
        action,
        Html.escape(formToken.expose()),
        Html.escape(grant.id()));
  }

  private static String permissions(Grant grant) {
    return grant.scopes().isEmpty()
        ? ""
        : grant.scopes().values().stream()
            .map(ScopeWords::html)
            .collect(Collectors.joining("<br>", "<div><dt>Is able to</dt><dd>", "</dd></div>\n"));
  }

  private static String accountName(User user) {
    String known = user.email() == null ? user.name() : user.email();
    return DisplayText.of(known == null ? user.id() : known, user.id());
  }
}
