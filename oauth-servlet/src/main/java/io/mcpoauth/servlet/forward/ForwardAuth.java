package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.internal.forward.AccessGuard;
import io.mcpoauth.servlet.internal.forward.AccessGuard.Verdict;
import io.mcpoauth.servlet.internal.forward.ForwardedHeaders;
import io.mcpoauth.servlet.internal.forward.HeaderNames;
import io.mcpoauth.servlet.internal.message.SecurityHeaders;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.limit.TrustedProxies;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a web server whether a request for an MCP server may pass, and as whom, where the web
 * server does the forwarding (nginx {@code auth_request}, Traefik {@code forwardAuth}, Caddy {@code
 * forward_auth}).
 *
 * <p>The path at which it is asked names the MCP server: that of the protected resource, which the
 * operator writes into the web server's configuration. Nothing that says where the client wanted to
 * go is looked at, since a client could have written it. Safe for many threads.
 *
 * <p>Answers hold what is meant for MCP servers, provider tokens among it. Only the web server may
 * reach whatever serves them.
 */
public final class ForwardAuth {

  private final List<McpServer> mcpServers;
  private final AllowedOrigins origins;
  private final AccessGuard guard;
  private final TrustedProxies proxies;
  private final List<HeaderField> always;

  /**
   * For the MCP servers behind the web server.
   *
   * @param random for error ids and jitter
   * @param proxies among them the web server, if its {@code X-Forwarded-For} shall tell clients
   *     apart
   */
  public ForwardAuth(
      AuthorizationServer server,
      List<McpServer> mcpServers,
      AllowedOrigins origins,
      SecretSource random,
      TrustedProxies proxies) {
    this.mcpServers = List.copyOf(mcpServers);
    this.origins = origins;
    this.guard = new AccessGuard(server, new ErrorAnswers(random));
    this.proxies = proxies;
    this.always = SecurityHeaders.of(server.settings());
  }

  /**
   * Decides; may wait for storage or a provider.
   *
   * @param request what the web server asks, with the header fields of the client
   * @return 200 with all identity fields, empty where nothing is known, so that a web server that
   *     copies them leaves none of the client's own in its place; else what to answer the client
   */
  public Answer answer(InboundRequest request) {
    Optional<McpServer> mcpServer =
        mcpServers.stream()
            .filter(server -> server.resource().uri().path().equals(request.rawPath()))
            .findFirst();
    Answer answer =
        mcpServer
            .map(server -> answer(request, server))
            .orElseGet(() -> ProxyAnswers.error(404, "There is no MCP server at this path."));
    return answer.with(always);
  }

  private Answer answer(InboundRequest request, McpServer mcpServer) {
    String origin = request.single("Origin");
    if (request.has("Origin") && (origin == null || !origins.allows(origin))) {
      return ProxyAnswers.forbiddenOrigin();
    }
    if (request.headers().stream().anyMatch(ForwardAuth::isLookAlike)) {
      return ProxyAnswers.error(403, "A header field looks like one that servers trust.");
    }
    Verdict verdict = guard.check(request.authorization(), mcpServer, sourceOf(request));
    return verdict instanceof Verdict.Pass pass
        ? Answer.empty(200)
            .with(ForwardedHeaders.identity(pass.granted(), pass.tokens()))
            .notStored()
        : ((Verdict.Stop) verdict).answer().with(origins.headersFor(origin));
  }

  /** The peer is always the web server, which is no source: all would be stopped for one. */
  private @Nullable Supplier<?> sourceOf(InboundRequest request) {
    String client = proxies.clientOf(request.peer(), request.all("X-Forwarded-For"));
    return client.equals(request.peer()) ? null : () -> AddressLimits.networkOf(client);
  }

  /**
   * Web servers set fields by their exact names. What some servers take for the same field would be
   * left beside it as the client sent it (HS-03, HS-04).
   */
  private static boolean isLookAlike(HeaderField field) {
    String folded = HeaderNames.fold(field.name());
    return !folded.equalsIgnoreCase(field.name())
        && ForwardedHeaders.IDENTITY_FIELDS.stream().anyMatch(folded::equalsIgnoreCase);
  }
}
