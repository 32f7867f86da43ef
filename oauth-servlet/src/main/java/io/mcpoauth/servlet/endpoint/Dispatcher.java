package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.servlet.endpoint.Route.Audience;
import io.mcpoauth.servlet.internal.message.SecurityHeaders;
import io.mcpoauth.servlet.internal.parse.PublicPath;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.internal.render.AnswerWriter;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.PageErrors;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From a request to its endpoint, and from the endpoint's answer or failure to the response.
 *
 * <p>Answers of a public nature depend on the configured issuer alone, never on {@code Host} or
 * forwarded fields of the request (MD-01, MD-02).
 */
final class Dispatcher {

  private static final int MAX_QUERY = 16_384;
  private static final OAuthError QUERY_TOO_LONG =
      new OAuthError(ErrorCode.INVALID_REQUEST, "The query is too long.");
  private static final OAuthError WRONG_METHOD =
      new OAuthError(ErrorCode.INVALID_REQUEST, "This endpoint does not support the method.");
  private static final OAuthError NOT_FOUND =
      new OAuthError(ErrorCode.INVALID_REQUEST, "There is nothing at this address.");

  /** Web pages may use the endpoints of clients, without credentials of the browser (WB-01). */
  private static final List<HeaderField> CORS =
      List.of(
          new HeaderField("Access-Control-Allow-Origin", "*"),
          new HeaderField("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After"));

  private static final String CORS_HEADERS = "Authorization, Content-Type, MCP-Protocol-Version";

  private final ServerSettings settings;
  private final Routes routes;
  private final ErrorAnswers errors;
  private final RequestCounter counter;

  /**
   * The endpoints of this server.
   *
   * @param random for error ids and the jitter of {@code Retry-After}
   * @param limits how many requests are taken from one place
   */
  Dispatcher(AuthorizationServer server, SecretSource random, AddressLimits limits) {
    this.settings = server.settings();
    this.errors = new ErrorAnswers(random);
    this.counter = new RequestCounter(limits);
    this.routes = new Routes(server, errors, new ClientFailures(limits, counter, errors));
  }

  /** Answers one request. */
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<Route> route = PublicPath.belowIssuer(request, settings).flatMap(routes::at);
    Answer answer =
        route.isPresent() ? answer(request, route.get()) : errors.refusal(404, NOT_FOUND);
    AnswerWriter.write(answer.with(SecurityHeaders.of(settings)), request, response);
  }

  private Answer answer(HttpServletRequest request, Route route) throws IOException {
    boolean open = route.audience() == Audience.CLIENT;
    Answer answer =
        open && request.getMethod().equals("OPTIONS")
            ? preflight(route)
            : checkedAnswer(request, route);
    return open ? answer.with(CORS) : answer;
  }

  private Answer checkedAnswer(HttpServletRequest request, Route route) throws IOException {
    if (!route.methods().contains(request.getMethod())) {
      return errors.refusal(405, WRONG_METHOD).with("Allow", route.allow());
    }
    Optional<Duration> wait = counter.count(request, route.cost());
    if (wait.isPresent()) {
      // The body stays unread: the connection is not fit for another request.
      return pageErrors(request, route).tooManyRequests(wait.get()).with("Connection", "close");
    }
    String query = request.getQueryString();
    if (query != null && query.length() > MAX_QUERY) {
      return pageErrors(request, route).badRequest(414, QUERY_TOO_LONG);
    }
    return guardedAnswer(request, route);
  }

  /**
   * The one place where exceptions become answers: an outage is 503, anything else a bug. A stack
   * that overflows is a bug like any other; without memory, there is nothing to be said (LG-10).
   */
  private Answer guardedAnswer(HttpServletRequest request, Route route) throws IOException {
    try {
      return route.endpoint().answer(request);
    } catch (StorageException e) {
      errors.reportOutage(e);
      return pageErrors(request, route).busy();
    } catch (RuntimeException | StackOverflowError e) {
      return pageErrors(request, route).serverError(errors.report(e));
    }
  }

  private PageErrors pageErrors(HttpServletRequest request, Route route) {
    boolean json = route.audience() != Audience.BROWSER || RequestHeaders.prefersJson(request);
    return new PageErrors(errors, json);
  }

  private static Answer preflight(Route route) {
    return Answer.empty(204)
        .with("Access-Control-Allow-Methods", route.allow())
        .with("Access-Control-Allow-Headers", CORS_HEADERS)
        .with("Access-Control-Max-Age", "7200");
  }
}
