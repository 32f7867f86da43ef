package io.mcpoauth.runner.jetty;

import io.mcpoauth.servlet.internal.parse.RequestBody;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Waits for the bodies of requests before it gives them to a servlet, and not for long: a servlet
 * takes a thread to read, and clients that send a byte at a time would soon hold all of them
 * (SL-02). Bodies that are too large go on unread or cut off behind the limit, which the servlet
 * refuses.
 */
final class BodiesFirst extends Handler.Wrapper {

  private final Executor waiting;
  private final Duration patience;

  /**
   * Waits before that handler.
   *
   * @param waiting runs the handler, which may wait
   * @param patience how long a whole body may take
   */
  BodiesFirst(Handler next, Executor waiting, Duration patience) {
    super(next);
    this.waiting = waiting;
    this.patience = patience;
  }

  /** Nothing here waits in the thread that reads all connections. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Consumer<Request> next = complete -> waiting.execute(() -> serve(complete, response, callback));
    if (!hasBody(request) || request.getLength() > RequestBody.MAX_BYTES) {
      next.accept(request);
    } else {
      new ArrivingBody(request, response, callback, next).await(patience);
    }
    return true;
  }

  private void serve(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }
}
