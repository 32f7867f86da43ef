package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One call of the countdown tool, answered with server-sent events. No thread waits: each step is
 * scheduled when the one before has been written, and a failed write ends the countdown.
 */
final class Countdown {
  static final int MAX_STEPS = 1000;
  static final int MAX_STEP_MILLIS = 10_000;
  static final int DEFAULT_STEP_MILLIS = 250;

  private final RpcRequest request;
  private final int steps;
  private final int stepMillis;
  private final Scheduler scheduler;
  private final Response response;
  private final Callback callback;
  private final AtomicInteger running;
  private int done;

  private Countdown(
      RpcRequest request,
      Scheduler scheduler,
      Response response,
      Callback callback,
      AtomicInteger running) {
    this.request = request;
    this.steps = request.arguments().path("n").intValue();
    this.stepMillis = request.arguments().path("stepMillis").asInt(DEFAULT_STEP_MILLIS);
    this.scheduler = scheduler;
    this.response = response;
    this.callback = callback;
    this.running = running;
  }

  static boolean accepts(JsonNode arguments) {
    JsonNode stepMillis = arguments.path("stepMillis");
    return isIntegerUpTo(MAX_STEPS, arguments.path("n"))
        && (stepMillis.isMissingNode() || isIntegerUpTo(MAX_STEP_MILLIS, stepMillis));
  }

  /**
   * Answers the call; returns at once.
   *
   * @param running counts the countdowns under way
   */
  static void start(
      RpcRequest call,
      Request request,
      Response response,
      Callback callback,
      AtomicInteger running) {
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Accel-Buffering", "no");
    running.incrementAndGet();
    Scheduler scheduler = request.getComponents().getScheduler();
    new Countdown(call, scheduler, response, callback, running).step();
  }

  private void step() {
    if (done == steps) {
      ObjectNode data = RpcMessages.object().put("steps", steps);
      send(RpcMessages.result(request, RpcMessages.toolResult("Lift-off!", data)), true);
      return;
    }
    done++;
    JsonNode token = request.progressToken();
    if (token.isMissingNode()) {
      scheduleNext();
    } else {
      send(RpcMessages.progress(token, done, steps, (steps - done) + " to go"), false);
    }
  }

  private void scheduleNext() {
    scheduler.schedule(this::step, stepMillis, MILLISECONDS);
  }

  private void send(ObjectNode message, boolean last) {
    ByteBuffer event = UTF_8.encode("event: message\ndata: " + message + "\n\n");
    Runnable next = last ? this::finish : this::scheduleNext;
    response.write(
        last, event, Callback.from(InvocationType.NON_BLOCKING, next, this::disconnected));
  }

  private void finish() {
    running.decrementAndGet();
    callback.succeeded();
  }

  private void disconnected(Throwable cause) {
    running.decrementAndGet();
    callback.failed(cause);
  }

  private static boolean isIntegerUpTo(int maximum, JsonNode value) {
    return value.canConvertToInt()
        && value.isIntegralNumber()
        && value.intValue() >= 1
        && value.intValue() <= maximum;
  }
}
