package io.mcpoauth.runner.jetty;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;

/**
 * Ends event streams when the server stops, since they would never end by themselves (CF-08): those
 * that answer a GET at once, since clients resume them elsewhere; those that answer a POST after a
 * while, since the result of a call may be on its way.
 */
final class StreamEndingHandler extends Handler.Wrapper implements Graceful {

  private final Duration patience;
  private final Set<EndableExchange> streams = ConcurrentHashMap.newKeySet();
  private volatile Predicate<EndableExchange> mustEnd = stream -> false;

  /**
   * Watches over the streams of a handler.
   *
   * @param patience how long streams that answer a POST may go on
   */
  StreamEndingHandler(Handler next, Duration patience) {
    super(next);
    this.patience = patience;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndableExchange exchange =
        new EndableExchange(request, response, callback, this::begin, streams::remove);
    return super.handle(request, exchange, exchange.callback());
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    end(stream -> HttpMethod.GET.is(stream.getRequest().getMethod()));
    getServer()
        .getScheduler()
        .schedule(() -> end(stream -> true), patience.toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  private void begin(EndableExchange stream) {
    streams.add(stream);
    if (mustEnd.test(stream)) {
      stream.end();
    }
  }

  private void end(Predicate<EndableExchange> which) {
    mustEnd = which;
    streams.stream().filter(which).forEach(EndableExchange::end);
  }
}
