package io.mcpoauth.servlet.contract;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.forward.AllowedOrigins;
import io.mcpoauth.servlet.forward.McpGate;
import io.mcpoauth.servlet.forward.McpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A proxy engine between a client and an MCP server, with a user who signed in. */
public abstract class ProxyEngineRig {

  /** Tests of what happens when an MCP server does not answer. */
  static final String IMPATIENT = "impatient";

  /** More than any test takes at a time. */
  static final int PLACES = 40;

  static final int PLACES_OF_A_USER = 8;

  /** The MCP server behind the proxy. */
  protected final RawUpstream upstream = new RawUpstream();

  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());
  AuthorizationServer server;
  private String token;
  private Duration answerLimit = Duration.ofMinutes(10);

  /** The port that the engine listens on; it does not answer before {@link #start}. */
  protected abstract int port();

  /** Begins to answer, behind this gate. */
  protected abstract void start(McpGate gate, AuthorizationServer server) throws Exception;

  /** Ends the engine. */
  protected abstract void stop() throws Exception;

  /** How long an MCP server may take until its answer begins. */
  protected final Duration answerLimit() {
    return answerLimit;
  }

  /** A good access token. */
  protected final String token() {
    return token;
  }

  @BeforeEach
  final void startAll(TestInfo test) throws Exception {
    if (test.getTags().contains(IMPATIENT)) {
      answerLimit = Duration.ofMillis(300);
    }
    server = TestServer.builder(URI.create("http://localhost:" + port()), storage).build();
    token = TestServer.accessToken(server).expose();
    start(gate(upstream.url("/internal/mcp")), server);
  }

  @AfterEach
  final void stopAll() throws Exception {
    stop();
    upstream.close();
    server.close();
  }

  private McpGate gate(URI mcpServer) {
    return new McpGate(
        server,
        List.of(
            new McpServer(
                server.settings().resources().get(0),
                mcpServer,
                true,
                false,
                new McpServer.Capacity(PLACES, PLACES_OF_A_USER))),
        AllowedOrigins.any(),
        SecretSource.system());
  }

  final Granted granted() {
    return (Granted)
        server.checkAccess(Secret.of("Bearer " + token), server.settings().resources().get(0));
  }

  /** A request without a token. */
  protected final HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + pathAndQuery));
  }

  final HttpRequest.Builder authorized(String pathAndQuery) {
    return request(pathAndQuery).header("Authorization", "Bearer " + token);
  }

  final HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return get(sendAsync(request));
  }

  /** The answer, when it comes. */
  protected final CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** What comes within 20 s. */
  protected static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }
}
