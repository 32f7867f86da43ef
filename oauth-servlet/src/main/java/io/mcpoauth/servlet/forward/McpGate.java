package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.forward.AccessGuard.Verdict;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.limit.TrustedProxies;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import io.mcpoauth.servlet.message.SecurityHeaders;
import io.mcpoauth.servlet.render.ErrorAnswers;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one place that decides which requests reach an MCP server, and as what.
 *
 * <p>Engines state the request, ask once, and do what the outcome says. Safe for many threads.
 */
public final class McpGate {

  /** Anything else has no meaning to MCP, or (TRACE, CONNECT) to a reverse proxy (RS-18). */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final AuthorizationServer server;
  private final List<Route> routes;
  private final AllowedOrigins origins;
  private final ForwardedHeaders forwardedHeaders;
  private final ErrorAnswers errors;
  private final AccessGuard guard;
  private final List<HeaderField> always;
  private final TrustedProxies proxies;

  /**
   * A gate to these MCP servers, in front of which there is no reverse proxy whose word counts.
   *
   * @param random for error ids and jitter
   */
  public McpGate(
      AuthorizationServer server,
      List<McpServer> mcpServers,
      AllowedOrigins origins,
      SecretSource random) {
    this(server, mcpServers, origins, random, TrustedProxies.none());
  }

  /**
   * A gate to these MCP servers.
   *
   * @param random for error ids and jitter
   * @param proxies whose word counts for where requests come from
   */
  public McpGate(
      AuthorizationServer server,
      List<McpServer> mcpServers,
      AllowedOrigins origins,
      SecretSource random,
      TrustedProxies proxies) {
    ServerSettings settings = server.settings();
    this.server = server;
    this.routes =
        mcpServers.stream()
            .map(Route::to)
            .sorted(Comparator.comparing((Route r) -> r.target().specificity()).reversed())
            .toList();
    this.origins = origins;
    this.forwardedHeaders = new ForwardedHeaders(settings);
    this.errors = new ErrorAnswers(random);
    this.guard = new AccessGuard(server, errors);
    this.always = SecurityHeaders.of(settings);
    this.proxies = proxies;
  }

  private record Route(McpServer server, ForwardTarget target, Bulkhead bulkhead) {

    static Route to(McpServer server) {
      return new Route(server, new ForwardTarget(server), new Bulkhead(server.capacity()));
    }
  }

  /** Decides about a request; may wait for storage or a provider, never for the body. */
  public GateOutcome admit(InboundRequest request) {
    Optional<Route> route =
        routes.stream().filter(r -> r.target().covers(request.rawPath())).findFirst();
    return route.isEmpty() ? new GateOutcome.NotOurs() : admit(request, route.get());
  }

  private GateOutcome admit(InboundRequest request, Route route) {
    String origin = request.single("Origin");
    boolean foreign = request.has("Origin") && (origin == null || !origins.allows(origin));
    List<HeaderField> added = new ArrayList<>(origins.headersFor(foreign ? null : origin));
    added.addAll(always);
    if (foreign) {
      return reply(ProxyAnswers.forbiddenOrigin(), added);
    }
    if (isPreflight(request)) {
      added.addAll(
          AllowedOrigins.preflightHeaders(request.single("Access-Control-Request-Headers")));
      return reply(Answer.empty(204), added);
    }
    if (!METHODS.contains(request.method())) {
      return reply(Answer.empty(405).with("Allow", "GET, POST, DELETE"), added);
    }
    return admitAuthorized(request, route, added);
  }

  private GateOutcome admitAuthorized(
      InboundRequest request, Route route, List<HeaderField> added) {
    Optional<URI> target = route.target().resolve(request.rawPath(), request.rawQuery());
    if (target.isEmpty()) {
      return reply(ProxyAnswers.ambiguousUrl(), added);
    }
    String client = proxies.clientOf(request.peer(), request.all("X-Forwarded-For"));
    Verdict verdict =
        guard.check(request.authorization(), route.server(), () -> AddressLimits.networkOf(client));
    if (verdict instanceof Verdict.Stop stop) {
      return reply(stop.answer(), added);
    }
    return forward(request, client, route, target.get(), (Verdict.Pass) verdict, added);
  }

  private GateOutcome forward(
      InboundRequest request,
      String client,
      Route route,
      URI target,
      Verdict.Pass pass,
      List<HeaderField> added) {
    McpSession session = new McpSession(server, pass.granted(), route.server().resource());
    Optional<List<HeaderField>> inbound = session.toServer(request.headers());
    if (inbound.isEmpty()) {
      return reply(unknownSession(), added);
    }
    List<HeaderField> headers =
        forwardedHeaders.toUpstream(inbound.get(), pass.granted(), client, pass.tokens());
    Bulkhead.Entry entry =
        route
            .bulkhead()
            .enter(pass.granted().user().id(), onEnd -> server.watch(pass.granted(), onEnd));
    if (entry instanceof Bulkhead.Entered entered) {
      return new GateOutcome.Forward(
          target, headers, new ProxyAnswers(route.target(), session, added), entered.access());
    }
    return reply(entry instanceof Bulkhead.UserFull ? userFull() : full(), added);
  }

  private static GateOutcome reply(Answer answer, List<HeaderField> added) {
    return new GateOutcome.Reply(answer.with(added));
  }

  private Answer full() {
    return ProxyAnswers.error(503, "The MCP server is at work on too many requests.")
        .with("Retry-After", errors.retryAfter());
  }

  private Answer userFull() {
    return ProxyAnswers.error(429, "You have too many requests and streams open here.")
        .with("Retry-After", errors.retryAfter());
  }

  /** MCP transports, "Session Management": a client that is told so begins a new session. */
  private static Answer unknownSession() {
    return ProxyAnswers.error(404, "There is no such session.");
  }

  private static boolean isPreflight(InboundRequest request) {
    return request.method().equals("OPTIONS")
        && request.has("Origin")
        && request.has("Access-Control-Request-Method");
  }
}
