package io.mcpoauth.runner.jetty;

import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses requests that Jetty takes but that a server behind us, or a proxy before us, could read
 * differently, and closes their connections (HP-02, HP-06, HP-07).
 */
final class StrictRequests extends Handler.Wrapper {

  private static final int NONE = 0;

  /**
   * RFC 9110 section 9.3 and RFC 5789, without CONNECT: nobody gets a tunnel here (RS-18). The
   * names are case-sensitive.
   */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private static final Set<String> SCHEMES = Set.of("http", "https");

  StrictRequests(Handler next) {
    super(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    int refusal = refusal(request);
    if (refusal == NONE) {
      return super.handle(request, response, callback);
    }
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    Response.writeError(request, response, callback, refusal);
    return true;
  }

  private static int refusal(Request request) {
    List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
    if (!codings.isEmpty()) {
      if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
        // RFC 9112 section 6.1: its framing is faulty, even if it looks right.
        return HttpStatus.BAD_REQUEST_400;
      }
      if (codings.size() != 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
        // Jetty undoes the last coding; nobody would learn of the others.
        return HttpStatus.NOT_IMPLEMENTED_501;
      }
    }
    if (!SCHEMES.contains(request.getHttpURI().getScheme())
        || "*".equals(request.getHttpURI().getPath())) {
      // Nothing here is about the server as a whole (RS-18).
      return HttpStatus.BAD_REQUEST_400;
    }
    return METHODS.contains(request.getMethod()) ? NONE : HttpStatus.NOT_IMPLEMENTED_501;
  }
}
