package io.mcpoauth.benchmarks.micro;

import io.mcpoauth.benchmarks.rig.Grants;
import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.forward.AllowedOrigins;
import io.mcpoauth.servlet.forward.GateOutcome;
import io.mcpoauth.servlet.forward.InboundRequest;
import io.mcpoauth.servlet.forward.McpGate;
import io.mcpoauth.servlet.forward.McpServer;
import io.mcpoauth.servlet.internal.forward.ForwardedHeaders;
import io.mcpoauth.servlet.internal.forward.ForwardedHeaders.PassedTokens;
import io.mcpoauth.servlet.message.HeaderField;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What every proxied request passes between its last header field and the MCP server. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPath {

  private static final URI ISSUER = URI.create("https://mcp.example.com");
  private static final Scopes SCOPES = Scopes.of("openid", "profile", "email");
  private static final ProtectedResource RESOURCE =
      new ProtectedResource(new ResourceUri(ISSUER + "/mcp"), SCOPES, Scopes.of("openid"));
  private static final Granted NOBODY =
      new Granted(
          new User("nobody", "none", null, null), "none", "none", "none", Scopes.none(), null);
  private static final int TOKENS = 10_000;
  private static final List<HeaderField> RETURNED =
      List.of(
          new HeaderField("Server", "uvicorn"),
          new HeaderField("Date", "Mon, 23 Nov 2026 10:00:00 GMT"),
          new HeaderField("Content-Type", "application/json"),
          new HeaderField("Content-Length", "1024"),
          new HeaderField("Mcp-Session-Id", "0123456789abcdef0123456789abcdef"));

  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());
  private final List<Secret> authorizations = new ArrayList<>();
  private final List<InboundRequest> requests = new ArrayList<>();
  private final AuthorizationServer server =
      AuthorizationServer.builder(
              new ServerSettings(
                  ISSUER, List.of(RESOURCE), SCOPES, ServerSettings.Lifetimes.standard()),
              storage,
              Grants.keys(),
              List.of(new NoProvider()))
          .build();
  private final McpGate gate =
      new McpGate(
          server,
          List.of(new McpServer(RESOURCE, URI.create("http://127.0.0.1:9000/mcp"), true)),
          AllowedOrigins.any(),
          SecretSource.system());
  private final ForwardedHeaders policy = new ForwardedHeaders(server.settings());
  private final PassedTokens passed = new PassedTokens(Secret.of("provider-token"), null);
  private Granted granted = NOBODY;
  private Secret forged = Secret.of("");
  private int next;

  /** Makes the tokens and lets the server see each once. */
  @Setup
  public void prepare() {
    Grants grants = new Grants(storage, ISSUER, RESOURCE);
    for (int i = 0; i < TOKENS; i++) {
      String token = grants.accessToken();
      authorizations.add(Secret.of("Bearer " + token));
      requests.add(request(token));
      AccessDecision decision = server.checkAccess(authorizations.get(i), RESOURCE);
      if (!(decision instanceof Granted good)) {
        throw new IllegalStateException("a token is refused: " + decision);
      }
      granted = good;
    }
    String genuine = authorizations.get(0).expose();
    int signature = genuine.lastIndexOf('.');
    forged = Secret.of(genuine.substring(0, signature + 1) + "A".repeat(86));
  }

  /** Ends the server's background work. */
  @TearDown
  public void end() {
    server.close();
    storage.close();
  }

  /** Of one client that sends its token again and again. */
  @Benchmark
  public AccessDecision checkOfOneToken() {
    return server.checkAccess(authorizations.get(0), RESOURCE);
  }

  /** Of ten thousand clients in turn. */
  @Benchmark
  public AccessDecision checkOfManyTokens() {
    next = (next + 1) % TOKENS;
    return server.checkAccess(authorizations.get(next), RESOURCE);
  }

  /** A well-formed token with a wrong signature. */
  @Benchmark
  public AccessDecision checkOfAForgedToken() {
    return server.checkAccess(forged, RESOURCE);
  }

  /** The header fields for the MCP server. */
  @Benchmark
  public List<HeaderField> headersToUpstream() {
    return policy.toUpstream(requests.get(0).headers(), granted, "192.0.2.1", passed);
  }

  /** Everything before the request is sent on: route, origin, token and header fields. */
  @Benchmark
  public GateOutcome wholeGate() {
    next = (next + 1) % TOKENS;
    return gate.admit(requests.get(next));
  }

  /** The same, and the header fields of the response. */
  @Benchmark
  public List<HeaderField> wholeGateAndResponse() {
    next = (next + 1) % TOKENS;
    return ((GateOutcome.Forward) gate.admit(requests.get(next)))
        .returned()
        .toClient(200, RETURNED);
  }

  private static InboundRequest request(String token) {
    return new InboundRequest(
        "POST",
        "/mcp",
        null,
        List.of(
            new HeaderField("Host", "mcp.example.com"),
            new HeaderField("Accept", "application/json, text/event-stream"),
            new HeaderField("Accept-Encoding", "gzip, deflate, br"),
            new HeaderField("Authorization", "Bearer " + token),
            new HeaderField("Content-Type", "application/json"),
            new HeaderField("Content-Length", "118"),
            new HeaderField("MCP-Protocol-Version", "2025-11-25"),
            new HeaderField("Mcp-Session-Id", "0123456789abcdef0123456789abcdef"),
            new HeaderField("User-Agent", "claude-code/2.0 (cli)"),
            new HeaderField("Connection", "keep-alive")),
        "192.0.2.1");
  }
}
