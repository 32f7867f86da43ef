package io.mcpoauth.servlet.proxy;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.servlet.forward.GateOutcome;
import io.mcpoauth.servlet.forward.GateOutcome.Forward;
import io.mcpoauth.servlet.forward.McpGate;
import io.mcpoauth.servlet.internal.proxy.InboundRequests;
import io.mcpoauth.servlet.internal.render.AnswerWriter;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streaming proxy to the MCP servers, for any container. Map it to the path of each resource
 * and everything below ({@code /mcp}, {@code /mcp/*}) with {@code asyncSupported}. It checks access
 * itself and needs no filter in front.
 *
 * <p>No thread waits for a stream, and no stream that has begun ends by a time-out.
 */
public final class McpProxyServlet extends HttpServlet {

  /** How often {@linkplain #McpProxyServlet silent event streams} are probed unless said so. */
  public static final Duration STANDARD_PROBE_INTERVAL = Duration.ofMillis(400);

  /** How long an MCP server may take until its answer begins unless said so. */
  public static final Duration STANDARD_ANSWER_LIMIT = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(McpProxyServlet.class);
  private static final long serialVersionUID = 1L;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final transient McpGate gate;
  private final transient ServerSettings settings;
  private final transient HttpClient http;
  private final transient Duration probeInterval;
  private final transient Duration answerLimit;
  private final transient Set<Exchange> running = ConcurrentHashMap.newKeySet();
  private transient @Nullable ScheduledExecutorService prober;

  /** A proxy behind this gate with the standard limits. */
  public McpProxyServlet(McpGate gate, ServerSettings settings, HttpClient http) {
    this(gate, settings, http, STANDARD_PROBE_INTERVAL, STANDARD_ANSWER_LIMIT);
  }

  /**
   * A proxy behind this gate.
   *
   * @param http one for the whole application, as {@link #newHttpClient()} makes it
   * @param probeInterval a silent event stream is sent a comment so often: only by writing can a
   *     container learn that a client has gone, after two intervals at most
   * @param answerLimit an MCP server that takes longer until its answer begins is given up, and the
   *     client answered 504; zero for no limit
   */
  public McpProxyServlet(
      McpGate gate,
      ServerSettings settings,
      HttpClient http,
      Duration probeInterval,
      Duration answerLimit) {
    this.gate = gate;
    this.settings = settings;
    this.http = http;
    this.probeInterval = probeInterval;
    this.answerLimit = answerLimit;
  }

  /** A client as this servlet needs it: HTTP/1.1, no redirects, no time limit of its own. */
  public static HttpClient newHttpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();
  }

  @Override
  public void init() {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "mcp-proxy-probe");
              thread.setDaemon(true);
              return thread;
            });
    long millis = probeInterval.toMillis();
    var unused =
        scheduler.scheduleWithFixedDelay(
            () -> running.forEach(this::probe), millis, millis, TimeUnit.MILLISECONDS);
    prober = scheduler;
  }

  /** A scheduler never again runs a task that failed, and all others would be left alone. */
  private void probe(Exchange exchange) {
    try {
      exchange.probe();
    } catch (RuntimeException e) {
      running.remove(exchange);
      log.warn("A stream to a client could not be probed, and is left alone", e);
    }
  }

  @Override
  public void destroy() {
    ScheduledExecutorService scheduler = prober;
    if (scheduler != null) {
      scheduler.shutdownNow();
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    BrokenResponse.failIfAny(request);
    GateOutcome outcome = gate.admit(InboundRequests.of(request, settings));
    if (outcome instanceof Forward forward) {
      forward(request, forward);
    } else if (outcome instanceof GateOutcome.Reply reply) {
      AnswerWriter.write(reply.answer(), request, response);
    } else {
      AnswerWriter.write(Answer.empty(404), request, response);
    }
  }

  private void forward(HttpServletRequest request, Forward forward) throws IOException {
    try {
      AsyncContext context = request.startAsync();
      context.setTimeout(0);
      Exchange exchange = new Exchange(context, forward, answerLimit, running::remove);
      running.add(exchange);
      exchange.start(http);
    } catch (IOException | RuntimeException e) {
      forward.access().leave();
      throw e;
    }
  }
}
