package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.servlet.internal.forward.ForwardTarget;
import io.mcpoauth.servlet.internal.message.SecurityHeaders;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What can be said of a request before its token is looked at. */
final class Entrance {

  /** Anything else has no meaning to MCP, or (TRACE, CONNECT) to a reverse proxy (RS-18). */
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final String ALLOW = String.join(", ", METHODS);

  private final List<Route> routes;
  private final AllowedOrigins origins;
  private final List<HeaderField> always;

  Entrance(List<McpServer> mcpServers, AllowedOrigins origins, ServerSettings settings) {
    this.routes =
        mcpServers.stream()
            .map(Route::to)
            .sorted(Comparator.comparing((Route r) -> r.target().specificity()).reversed())
            .toList();
    this.origins = origins;
    this.always = SecurityHeaders.of(settings);
  }

  /** An MCP server, and the way to it. */
  record Route(McpServer server, ForwardTarget target, Bulkhead bulkhead) {

    static Route to(McpServer server) {
      return new Route(server, new ForwardTarget(server), new Bulkhead(server.capacity()));
    }
  }

  /** What is said. */
  sealed interface Result {}

  /** It is for no MCP server. */
  record NotOurs() implements Result {}

  /** It is answered here. */
  record Refused(GateOutcome.Reply reply) implements Result {}

  /**
   * It may go on if its token lets it.
   *
   * @param added what every answer to it has
   */
  record Candidate(InboundRequest request, Route route, URI target, List<HeaderField> added)
      implements Result {

    GateOutcome.Reply reply(Answer answer) {
      return new GateOutcome.Reply(answer.with(added));
    }
  }

  Result examine(InboundRequest request) {
    // A loop, since a stream costs more than all the rest of this for the one route of most.
    for (Route route : routes) {
      if (route.target().covers(request.rawPath())) {
        return examine(request, route);
      }
    }
    return new NotOurs();
  }

  private Result examine(InboundRequest request, Route route) {
    String origin = request.single("Origin");
    boolean foreign = request.has("Origin") && (origin == null || !origins.allows(origin));
    List<HeaderField> added = new ArrayList<>(origins.headersFor(foreign ? null : origin));
    added.addAll(always);
    if (foreign) {
      return refused(ProxyAnswers.forbiddenOrigin(), added);
    }
    if (isPreflight(request)) {
      added.addAll(
          AllowedOrigins.preflightHeaders(request.single("Access-Control-Request-Headers")));
      return refused(Answer.empty(204), added);
    }
    if (!METHODS.contains(request.method())) {
      return refused(Answer.empty(405).with("Allow", ALLOW), added);
    }
    Optional<URI> target = route.target().resolve(request.rawPath(), request.rawQuery());
    return target.isEmpty()
        ? refused(ProxyAnswers.ambiguousUrl(), added)
        : new Candidate(request, route, target.get(), added);
  }

  private static Refused refused(Answer answer, List<HeaderField> added) {
    return new Refused(new GateOutcome.Reply(answer.with(added)));
  }

  private static boolean isPreflight(InboundRequest request) {
    return request.method().equals("OPTIONS")
        && request.has("Origin")
        && request.has("Access-Control-Request-Method");
  }
}
