package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.servlet.internal.parse.RequestBody;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.internal.render.AuthorizeAnswers;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.PageErrors;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Function;

/** What the endpoints that browsers visit have in common. */
final class BrowserEndpoints {

  static final OAuthError MALFORMED =
      new OAuthError(ErrorCode.INVALID_REQUEST, "The parameters are malformed.");
  private static final OAuthError EMBEDDED =
      new OAuthError(ErrorCode.INVALID_REQUEST, "This page cannot be shown inside another one.");

  private static final OAuthError CROSS_SITE =
      new OAuthError(ErrorCode.ACCESS_DENIED, "The form was sent from another site.");

  private final AuthorizationServer server;
  private final ErrorAnswers errors;

  BrowserEndpoints(AuthorizationServer server, ErrorAnswers errors) {
    this.server = server;
    this.errors = errors;
  }

  /**
   * The endpoint, except that no other page may frame it, whatever its browser enforces (CN-14).
   */
  Endpoint unframed(Endpoint endpoint) {
    return request ->
        RequestHeaders.isEmbedded(request)
            ? errors(request).forbidden(EMBEDDED)
            : endpoint.answer(request);
  }

  /** The form that was sent, unless another site sent it, to be answered by this function. */
  Answer form(HttpServletRequest request, Function<Parameters, Answer> answer) throws IOException {
    if (RequestHeaders.isCrossSite(request)) {
      return errors(request).forbidden(CROSS_SITE);
    }
    return RequestBody.form(request)
        .match(answer, refused -> errors(request).badRequest(refused.status(), refused.error()));
  }

  /** Errors in the form that the caller prefers. */
  PageErrors errors(HttpServletRequest request) {
    return new PageErrors(errors, RequestHeaders.prefersJson(request));
  }

  /** Outcomes in the form that fits the request. */
  AuthorizeAnswers answers(HttpServletRequest request) {
    int redirectStatus = request.getMethod().equals("POST") ? 303 : 302;
    return new AuthorizeAnswers(
        errors(request),
        redirectStatus,
        server.settings().lifetimes().login(),
        server.settings().endpoint(AccountEndpoints.PATH));
  }

  /** The answer to parameters that cannot be read. */
  Answer malformed(HttpServletRequest request) {
    return errors(request).badRequest(400, MALFORMED);
  }
}
