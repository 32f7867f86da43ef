package io.mcpoauth.runner.jetty;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests for a host that is not ours. Else a stranger's page whose name was made to lead
 * to our address could read all answers as its own (DNS rebinding, RS-15).
 *
 * <p>Health is told to whoever asks: probes come by address, and learn nothing else.
 */
public final class HostCheck extends Handler.Wrapper {

  private final Set<String> hosts;
  private final Set<String> open;

  /**
   * A check before that handler.
   *
   * @param hosts our names without ports, in lower case
   * @param pathPrefix the issuer's path
   */
  public HostCheck(Set<String> hosts, String pathPrefix, Handler next) {
    super(next);
    this.hosts = hosts;
    this.open = HealthPaths.of(pathPrefix, "", "/live", "/ready");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (isOurs(request.getHttpURI().getHost()) || open.contains(request.getHttpURI().getPath())) {
      return super.handle(request, response, callback);
    }
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    Response.writeError(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
    return true;
  }

  private boolean isOurs(@Nullable String host) {
    return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
  }
}
