package io.mcpoauth.runner.proxy;

import io.mcpoauth.servlet.forward.GateOutcome;
import io.mcpoauth.servlet.forward.GateOutcome.Forward;
import io.mcpoauth.servlet.forward.InboundRequest;
import io.mcpoauth.servlet.forward.McpGate;
import io.mcpoauth.servlet.message.Answer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes requests for MCP servers on, and all others to the next handler.
 *
 * <p>The gate decides before a byte of the body is read. From there on no thread waits: bodies are
 * streamed both ways, at the pace of the slower side.
 */
public final class McpProxyHandler extends Handler.Wrapper {

  private final McpGate gate;
  private final HttpClient client;
  private final Timing timing;
  private final Executor waiting;

  /**
   * A proxy behind this gate.
   *
   * @param client as {@link ProxyHttpClient} makes it; started and stopped with this handler
   * @param waiting runs decisions that may wait for storage or a provider
   * @param next gets what is for no MCP server; must not wait
   */
  public McpProxyHandler(
      McpGate gate, HttpClient client, Timing timing, Executor waiting, Handler next) {
    super(next);
    this.timing = timing;
    this.waiting = waiting;
    this.gate = gate;
    this.client = client;
    installBean(client, true);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    InboundRequest inbound = inbound(request);
    Optional<GateOutcome> known = gate.admitAtOnce(inbound);
    if (known.isPresent()) {
      return follow(known.get(), request, response, callback);
    }
    // Refusals too: else one connection that is full of bad requests would keep all others out.
    waiting.execute(() -> decide(inbound, request, response, callback));
    return true;
  }

  private void decide(
      InboundRequest inbound, Request request, Response response, Callback callback) {
    try {
      if (!follow(gate.admit(inbound), request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private boolean follow(GateOutcome outcome, Request request, Response response, Callback callback)
      throws Exception {
    if (outcome instanceof Forward forward) {
      forward(forward, request, response, callback);
      return true;
    }
    if (outcome instanceof GateOutcome.Reply reply) {
      write(reply.answer(), request, response, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private void forward(Forward forward, Request request, Response response, Callback callback) {
    Request.addCompletionListener(request, failure -> forward.access().leave());
    org.eclipse.jetty.client.Request upstream = newRequest(forward.target());
    upstream.method(request.getMethod());
    upstream.headers(
        fields -> forward.headers().forEach(field -> fields.add(field.name(), field.value())));
    Consumer<Throwable> cancel =
        cause -> {
          var unused = upstream.abort(cause);
        };
    Runnable bodyRead = ClientWatch.over(request, client.getScheduler(), cancel);
    AnswerLimit limit =
        AnswerLimit.begin(
            client.getScheduler(),
            timing.answer(),
            () -> cancel.accept(new TimeoutException("the MCP server did not answer in time")));
    RequestContent body =
        hasContent(request) ? new RequestContent(request, limit::renew, bodyRead) : null;
    if (body == null) {
      bodyRead.run();
    } else {
      upstream.body(body);
    }
    request.addIdleTimeoutListener(timeout -> false);
    request.addFailureListener(cancel);
    upstream.send(
        new UpstreamResponse(
            new ResponseHead(forward, body, limit),
            timing.heartbeat(),
            request,
            response,
            callback));
  }

  /** No time limit on a whole exchange: a stream may be silent for hours. */
  private org.eclipse.jetty.client.Request newRequest(URI target) {
    return client.newRequest(target).idleTimeout(0, TimeUnit.MILLISECONDS);
  }

  private static InboundRequest inbound(Request request) {
    return new InboundRequest(
        request.getMethod(),
        request.getHttpURI().getPath(),
        request.getHttpURI().getQuery(),
        Fields.of(request.getHeaders()),
        Request.getRemoteAddr(request));
  }

  private static boolean hasContent(Request request) {
    return request.getLength() > 0
        || (request.getLength() < 0
            && (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || request.getConnectionMetaData().getHttpVersion().getVersion() >= 20));
  }

  static void write(Answer answer, Request request, Response response, Callback callback) {
    byte[] body = answer.body();
    response.setStatus(answer.status());
    Fields.put(answer.headers(), response);
    if (hasContent(request) && !request.consumeAvailable()) {
      // The rest of the body may be anything: it must not be read as another request.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (answer.status() != 204 && answer.status() != 304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    boolean head = request.getMethod().equals("HEAD");
    response.write(true, ByteBuffer.wrap(head ? new byte[0] : body), callback);
  }
}
