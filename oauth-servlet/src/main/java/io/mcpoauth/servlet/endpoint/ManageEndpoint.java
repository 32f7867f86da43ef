package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.client.ManagementRequest;
import io.mcpoauth.core.client.ManagementRequest.Action;
import io.mcpoauth.servlet.internal.parse.RequestBody;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.RegistrationAnswers;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET}, {@code PUT} and {@code DELETE /register/{client_id}} (RFC 7592 section 2). Clients
 * get the URL from us, so its last segment is an id as we write them.
 */
record ManageEndpoint(AuthorizationServer server, RegistrationAnswers answers, ErrorAnswers errors)
    implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) throws IOException {
    return switch (request.getMethod()) {
      case "GET" -> manage(request, Action.READ, null);
      case "DELETE" -> manage(request, Action.DELETE, null);
      default ->
          RequestBody.json(request)
              .match(
                  body -> manage(request, Action.UPDATE, body),
                  refused -> errors.refusal(refused.status(), refused.error()));
    };
  }

  private Answer manage(HttpServletRequest request, Action action, @Nullable String body) {
    String uri = request.getRequestURI();
    return server
        .manage(
            new ManagementRequest(
                action,
                uri.substring(uri.lastIndexOf('/') + 1),
                RequestHeaders.authorization(request),
                body))
        .match(answers);
  }
}
