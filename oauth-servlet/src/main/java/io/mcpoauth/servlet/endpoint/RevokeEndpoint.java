package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.servlet.internal.parse.RequestBody;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.RevokeAnswers;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** {@code POST /revoke} (RFC 7009 section 2). */
record RevokeEndpoint(
    AuthorizationServer server, RevokeAnswers answers, ErrorAnswers errors, ClientFailures failures)
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
                        server.revoke(new RevokeRequest(form, credentials)).match(answers)),
            refused -> errors.refusal(refused.status(), refused.error()));
  }
}
