package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.servlet.internal.cookie.BrowserCookies;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** {@code GET /authorize} (OAuth 2.1 section 3.1). */
record AuthorizeEndpoint(AuthorizationServer server, BrowserEndpoints browser) implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) {
    Optional<Parameters> parameters = Parameters.parse(request.getQueryString());
    if (parameters.isEmpty()) {
      return browser.malformed(request);
    }
    BrowserCookies cookies = RequestHeaders.cookies(request);
    AuthorizeRequest typed =
        new AuthorizeRequest(
            parameters.get(),
            cookies.consent(),
            cookies.approvals(),
            RequestHeaders.isUsersOwn(request));
    return server.authorize(typed).match(browser.answers(request));
  }
}
