package io.mcpoauth.runner.jetty;

import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the server itself refuses: unreadable requests, limits, a stop under way. Says the
 * status and nothing of the cause, which may quote the request or name our parts (LG-02).
 */
final class PlainErrors implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String error = HttpStatus.getMessage(status).toLowerCase(Locale.ROOT).replace(' ', '_');
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (status == HttpStatus.BAD_REQUEST_400) {
      // Where the next request begins is anyone's guess; Jetty forgets that in some cases (HP-06).
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
    }
    Content.Sink.write(
        response, true, "{\"error\":\"" + error + "\"}", closingTunnel(request, callback));
    return true;
  }

  /**
   * Jetty waits for what comes through a tunnel after CONNECT, whatever the answer says (RS-18).
   */
  private static Callback closingTunnel(Request request, Callback callback) {
    return HttpMethod.CONNECT.is(request.getMethod())
        ? Callback.from(
            callback, () -> request.getConnectionMetaData().getConnection().getEndPoint().close())
        : callback;
  }
}
