package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.servlet.internal.parse.RequestBody;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.RegistrationAnswers;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** {@code POST /register} (RFC 7591 section 3). */
record RegisterEndpoint(
    AuthorizationServer server, RegistrationAnswers answers, ErrorAnswers errors)
    implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) throws IOException {
    return RequestBody.json(request)
        .match(
            body ->
                server
                    .register(new RegistrationRequest(body, RequestHeaders.authorization(request)))
                    .match(answers),
            refused -> errors.refusal(refused.status(), refused.error()));
  }
}
