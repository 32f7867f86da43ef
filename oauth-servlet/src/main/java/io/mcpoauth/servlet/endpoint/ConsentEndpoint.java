package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;

/** {@code POST /consent}: the user pressed a button of the consent page. */
record ConsentEndpoint(AuthorizationServer server, BrowserEndpoints browser) implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) throws IOException {
    return browser.form(request, form -> decide(form, request));
  }

  private Answer decide(Parameters form, HttpServletRequest request) {
    if (form.isAnyRepeated(List.of("ticket", "provider", "remember"))) {
      return browser.malformed(request);
    }
    String ticket = form.get("ticket");
    ConsentSubmission submission =
        new ConsentSubmission(
            ticket == null ? null : Secret.of(ticket),
            form.get("provider"),
            RequestHeaders.cookies(request).consent(),
            "yes".equals(form.get("remember")));
    return server.decide(submission).match(browser.answers(request));
  }
}
