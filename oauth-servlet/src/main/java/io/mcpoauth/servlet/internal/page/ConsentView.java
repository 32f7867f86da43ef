package io.mcpoauth.servlet.internal.page;

import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.servlet.message.Answer;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * The consent page (MCP security best practices, "Confused Deputy Problem"): who asks, for what,
 * and where the user ends up. The form carries nothing but a ticket; what was asked for stays with
 * us (CN-07).
 */
public final class ConsentView {

  private static final String MAIN =
      """
      <h1>Allow <bdi>%1$s</bdi> to connect?</h1>
      <p class="lead">It wants to use <code>%2$s</code> on your behalf.</p>
      %3$s<dl>
      %4$s<div><dt>Sends you back to</dt><dd><strong>%5$s</strong></dd></div>
      </dl>
      %6$s<form method="post" action="consent">
      <input type="hidden" name="ticket" value="%7$s">
      %8$s%9$s<button type="submit">Cancel</button>
      </form>
      <p class="small">You sign in on your provider’s own page. This application does not see your \
      password. Cancel if you did not start this yourself.</p>
      """;

  private static final String UNVERIFIED =
      """
      <p class="notice" role="note"><strong>Not verified.</strong> This application is not \
      known to the operator, and nobody has checked the name that it gives. Continue only if you have just started \
      connecting it.</p>
      """;

  private static final String REMEMBER =
      """
      <label class="choice"><input type="checkbox" name="remember" value="yes"> Do not ask again in \
      this browser for %d days</label>
      """;

  private static final String LOOPBACK =
      """
      <p class="notice" role="note"><strong>An application on this computer</strong> will get the \
      access. Any program that runs here could be asking.</p>
      """;

  private ConsentView() {}

  /** The page; the cookie that belongs to it is the caller's to set. */
  public static Answer answer(ConsentPage page) {
    String name = DisplayText.of(page.clientName(), "An unnamed application");
    String main =
        MAIN.formatted(
            Html.escape(name),
            Html.escape(page.resource().value()),
            notices(page),
            clientHost(page.clientId()),
            Html.escape(ClientNames.destination(page.redirectUri())),
            permissions(page),
            Html.escape(page.ticket().expose()),
            remember(page),
            page.providers().stream().map(ProviderButton::html).collect(Collectors.joining()));
    return Page.answer(200, "Allow " + name + " to connect?", main);
  }

  private static String remember(ConsentPage page) {
    Duration period = page.rememberFor();
    return period == null ? "" : REMEMBER.formatted(period.toDays());
  }

  private static String notices(ConsentPage page) {
    boolean loopback = page.redirectUri().kind() == RedirectUri.Kind.LOOPBACK;
    return (page.clientRegisteredByOperator() ? "" : UNVERIFIED) + (loopback ? LOOPBACK : "");
  }

  /** A client that is named by a URL is vouched for by that URL's host. */
  private static String clientHost(String clientId) {
    String host = ClientNames.hostOf(clientId);
    return host == null
        ? ""
        : "<div><dt>Identified by</dt><dd><strong>" + Html.escape(host) + "</strong></dd></div>\n";
  }

  private static String permissions(ConsentPage page) {
    return page.scopes().isEmpty()
        ? ""
        : page.scopes().values().stream()
            .map(scope -> "<li>" + ScopeWords.html(scope) + "</li>\n")
            .collect(Collectors.joining("", "<h2>It will be able to</h2>\n<ul>\n", "</ul>\n"));
  }
}
