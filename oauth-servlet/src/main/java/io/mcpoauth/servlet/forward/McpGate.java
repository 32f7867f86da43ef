package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.forward.Entrance.Candidate;
import io.mcpoauth.servlet.forward.Entrance.NotOurs;
import io.mcpoauth.servlet.forward.Entrance.Refused;
import io.mcpoauth.servlet.forward.Entrance.Route;
import io.mcpoauth.servlet.forward.GateOutcome.Forward;
import io.mcpoauth.servlet.internal.forward.AccessGuard;
import io.mcpoauth.servlet.internal.forward.AccessGuard.Verdict;
import io.mcpoauth.servlet.internal.forward.ForwardedHeaders;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.limit.TrustedProxies;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
import java.util.Optional;

/**
 * The one place that decides which requests reach an MCP server, and as what.
 *
 * <p>Engines state the request, ask once, and do what the outcome says. Safe for many threads.
 */
public final class McpGate {

  private final AuthorizationServer server;
  private final Entrance entrance;
  private final ForwardedHeaders forwardedHeaders;
  private final ErrorAnswers errors;
  private final AccessGuard guard;
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
    this.entrance = new Entrance(mcpServers, origins, settings);
    this.forwardedHeaders = new ForwardedHeaders(settings);
    this.errors = new ErrorAnswers(random);
    this.guard = new AccessGuard(server, errors);
    this.proxies = proxies;
  }

  /** Decides about a request; may wait for storage or a provider, never for the body. */
  public GateOutcome admit(InboundRequest request) {
    Entrance.Result result = entrance.examine(request);
    if (result instanceof NotOurs) {
      return new GateOutcome.NotOurs();
    }
    if (result instanceof Refused refused) {
      return refused.reply();
    }
    Candidate candidate = (Candidate) result;
    String client = clientOf(request);
    Verdict verdict =
        guard.check(
            request.authorization(),
            candidate.route().server(),
            () -> AddressLimits.networkOf(client));
    return verdict instanceof Verdict.Pass pass
        ? forward(candidate, client, pass)
        : candidate.reply(((Verdict.Stop) verdict).answer());
  }

  /**
   * Decides about a request if it is nobody's or passes, and that is known without waiting, as of
   * nearly all it is; for threads that must not wait.
   *
   * @return empty says nothing: {@link #admit} decides
   */
  public Optional<GateOutcome> admitAtOnce(InboundRequest request) {
    Entrance.Result result = entrance.examine(request);
    if (result instanceof NotOurs) {
      return Optional.of(new GateOutcome.NotOurs());
    }
    return result instanceof Candidate candidate
        ? guard
            .passAtOnce(request.authorization(), candidate.route().server())
            .map(pass -> forward(candidate, clientOf(request), pass))
            .filter(Forward.class::isInstance)
        : Optional.empty();
  }

  private String clientOf(InboundRequest request) {
    return proxies.clientOf(request.peer(), request.all("X-Forwarded-For"));
  }

  private GateOutcome forward(Candidate candidate, String client, Verdict.Pass pass) {
    Route route = candidate.route();
    McpSession session = new McpSession(server, pass.granted(), route.server().resource());
    Optional<List<HeaderField>> inbound = session.toServer(candidate.request().headers());
    if (inbound.isEmpty()) {
      return candidate.reply(unknownSession());
    }
    List<HeaderField> headers =
        forwardedHeaders.toUpstream(inbound.get(), pass.granted(), client, pass.tokens());
    Bulkhead.Entry entry =
        route
            .bulkhead()
            .enter(pass.granted().user().id(), onEnd -> server.watch(pass.granted(), onEnd));
    if (entry instanceof Bulkhead.Entered entered) {
      return new Forward(
          candidate.target(),
          headers,
          new ProxyAnswers(route.target().returnedUrls(), session, candidate.added()),
          entered.access());
    }
    return candidate.reply(entry instanceof Bulkhead.UserFull ? userFull() : full());
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
}
