package io.mcpoauth.servlet.proxy;

import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.servlet.forward.GateOutcome.Forward;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request to an MCP server and its response, streamed both ways. */
final class Exchange implements AsyncListener {

  private final HttpServletRequest request;
  private final Forward forward;
  private final ResponseStream response;
  private final long answerLimit;
  private final long begun = System.nanoTime();
  private final Consumer<Exchange> onEnd;
  private volatile @Nullable CompletableFuture<?> upstream;
  private volatile @Nullable AccessWatch watch;
  private volatile @Nullable RequestStream sent;
  private volatile boolean cancelled;
  private volatile boolean answered;
  private volatile boolean late;

  /**
   * An exchange in this context.
   *
   * @param answerLimit how long the MCP server may take until its answer begins; zero for ever
   * @param onEnd is told when the exchange is over, however it ended
   */
  Exchange(AsyncContext context, Forward forward, Duration answerLimit, Consumer<Exchange> onEnd)
      throws IOException {
    this.request = (HttpServletRequest) context.getRequest();
    this.forward = forward;
    this.answerLimit = answerLimit.toNanos();
    this.response = new ResponseStream(context, this::cancelUpstream);
    this.onEnd = onEnd;
    context.addListener(this);
  }

  /** Begins; returns at once. */
  void start(HttpClient http) throws IOException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(forward.target());
    builder.method(request.getMethod(), body());
    forward.headers().forEach(field -> builder.header(field.name(), field.value()));
    response.open();
    CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(builder.build(), this::begin);
    upstream = answer;
    if (cancelled) {
      answer.cancel(true);
    }
    var unused =
        answer.whenComplete(
            (answered, failure) -> {
              if (failure != null) {
                failed(failure);
              }
            });
  }

  /** Looks whether client and MCP server are still there. */
  void probe() {
    response.probe();
    CompletableFuture<?> running = upstream;
    if (running != null && isLate()) {
      late = true;
      running.cancel(true);
    }
  }

  private boolean isLate() {
    RequestStream body = sent;
    long since = body == null ? begun : body.lastRead();
    return !answered && answerLimit > 0 && System.nanoTime() - since > answerLimit;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    cancelUpstream();
    forward.access().leave();
    onEnd.accept(this);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    response.clientGone();
  }

  @Override
  public void onError(AsyncEvent event) {
    response.clientGone();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}

  private BodyPublisher body() throws IOException {
    long length = request.getContentLengthLong();
    if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
      return BodyPublishers.noBody();
    }
    RequestStream stream = new RequestStream(request.getInputStream());
    sent = stream;
    request.getInputStream().setReadListener(stream);
    return length > 0
        ? BodyPublishers.fromPublisher(stream, length)
        : BodyPublishers.fromPublisher(stream);
  }

  private HttpResponse.BodySubscriber<Void> begin(HttpResponse.ResponseInfo head) {
    answered = true;
    List<HeaderField> fields =
        forward.returned().toClient(head.statusCode(), fields(head.headers()));
    response.begin(head.statusCode(), fields);
    watch = forward.watch(fields, response::abort);
    if (cancelled) {
      unwatch();
    }
    return BodySubscribers.fromSubscriber(response);
  }

  private static List<HeaderField> fields(HttpHeaders headers) {
    List<HeaderField> fields = new ArrayList<>();
    headers
        .map()
        .forEach((name, values) -> values.forEach(v -> fields.add(new HeaderField(name, v))));
    return fields;
  }

  private void failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    response.answerInstead(answerTo(cause));
  }

  private Answer answerTo(@Nullable Throwable cause) {
    RequestStream body = sent;
    if (body != null && body.isBroken()) {
      return forward.returned().unreadable();
    }
    return late || cause instanceof HttpTimeoutException
        ? forward.returned().timedOut()
        : forward.returned().unreachable();
  }

  private void unwatch() {
    AccessWatch running = watch;
    if (running != null) {
      running.close();
    }
  }

  private void cancelUpstream() {
    cancelled = true;
    unwatch();
    CompletableFuture<?> running = upstream;
    if (running != null) {
      running.cancel(true);
    }
  }
}
