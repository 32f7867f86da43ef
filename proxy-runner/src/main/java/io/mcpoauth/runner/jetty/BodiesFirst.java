package io.mcpoauth.runner.jetty;

import io.mcpoauth.servlet.parse.RequestBody;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
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

  private final Duration patience;

  /**
   * Waits before that handler.
   *
   * @param patience how long a whole body may take
   */
  BodiesFirst(Handler next, Duration patience) {
    super(next);
    this.patience = patience;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!hasBody(request) || request.getLength() > RequestBody.MAX_BYTES) {
      return super.handle(request, response, callback);
    }
    new ArrivingBody(request, response, callback, super::handle).await(patience);
    return true;
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }
}
