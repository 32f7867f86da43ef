package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.token.TokenRequest;
import io.mcpoauth.servlet.internal.parse.RequestBody;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.TokenAnswers;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** {@code POST /token} (OAuth 2.1 section 3.2). */
record TokenEndpoint(
    AuthorizationServer server, TokenAnswers answers, ErrorAnswers errors, ClientFailures failures)
    implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) throws IOException {
    return RequestBody.form(request)
        .match(
            form ->
                failures.guard(
                    request,
                    form,
                    credentials ->
                        server.token(new TokenRequest(form, credentials)).match(answers)),
            refused -> errors.refusal(refused.status(), refused.error()));
  }
}
