package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.IntrospectRequest;
import io.mcpoauth.servlet.internal.parse.RequestBody;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.IntrospectAnswers;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** {@code POST /introspect} (RFC 7662 section 2). */
record IntrospectEndpoint(
    AuthorizationServer server,
    IntrospectAnswers answers,
    ErrorAnswers errors,
    ClientFailures failures)
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
                        server.introspect(new IntrospectRequest(form, credentials)).match(answers)),
            refused -> errors.refusal(refused.status(), refused.error()));
  }
}
