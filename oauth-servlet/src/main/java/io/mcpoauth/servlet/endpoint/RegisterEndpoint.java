package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.parse.RequestBody;
import io.mcpoauth.servlet.parse.RequestHeaders;
import io.mcpoauth.servlet.render.ErrorAnswers;
import io.mcpoauth.servlet.render.RegistrationAnswers;
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
