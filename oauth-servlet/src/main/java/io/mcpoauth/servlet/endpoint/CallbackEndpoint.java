package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.internal.cookie.BrowserCookies;
import io.mcpoauth.servlet.internal.parse.PublicPath;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /callback[/{provider}]}: the provider sent the browser back. */
record CallbackEndpoint(AuthorizationServer server, BrowserEndpoints browser) implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) {
    if (RequestHeaders.isPrefetch(request)) {
      // A guess of the browser must not use up the login (UP-23); 503 makes it ask again.
      return Answer.empty(503).notStored();
    }
    Optional<Parameters> parameters = Parameters.parse(request.getQueryString());
    if (parameters.isEmpty()) {
      return browser.malformed(request);
    }
    BrowserCookies cookies = RequestHeaders.cookies(request);
    Map<String, Secret> logins = cookies.logins();
    AuthorizeOutcome outcome =
        server.callback(
            new CallbackRequest(
                parameters.get(),
                logins,
                provider(request),
                cookies.consent(),
                cookies.approvals()));
    Answer answer = outcome.match(browser.answers(request));
    return outcome instanceof AuthorizeOutcome.ErrorPage
        ? answer
        : withoutLoginCookie(answer, parameters.get().get("state"), logins);
  }

  /** The provider that the path names; null when it names none. */
  private @Nullable String provider(HttpServletRequest request) {
    String path = PublicPath.belowIssuer(request, server.settings()).orElse("");
    return path.startsWith(Routes.PROVIDER_CALLBACK)
        ? path.substring(Routes.PROVIDER_CALLBACK.length())
        : null;
  }

  /** The login is over, and its cookie with it; those of other tabs stay. */
  private static Answer withoutLoginCookie(
      Answer answer, @Nullable String state, Map<String, Secret> logins) {
    for (String loginId : logins.keySet()) {
      if (state != null && (state.equals(loginId) || state.startsWith(loginId + "."))) {
        return answer.with("Set-Cookie", BrowserCookies.clearLogin(loginId));
      }
    }
    return answer;
  }
}
