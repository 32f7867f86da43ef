package io.mcpoauth.runner.jetty;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Says at the health endpoint that the operating system allows us no more connections. Further ones
 * wait until others have ended (SL-05).
 */
public final class DescriptorCheck extends Handler.Wrapper {

  /** A request to an MCP server takes one, and one to the database may take another. */
  private static final int FEW = 4;

  private final Set<String> ready;

  /**
   * A check before that handler.
   *
   * @param pathPrefix the issuer's path
   */
  public DescriptorCheck(String pathPrefix, Handler next) {
    super(next);
    this.ready = HealthPaths.of(pathPrefix, "", "/ready");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (ready.contains(request.getHttpURI().getPath()) && areShort()) {
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private static boolean areShort() {
    return areShort(FEW);
  }

  /** Finds out by opening them: to count the open ones takes a descriptor, too. */
  private static boolean areShort(int wanted) {
    if (wanted == 0) {
      return false;
    }
    try (SocketChannel held = SocketChannel.open()) {
      return !held.isOpen() || areShort(wanted - 1);
    } catch (IOException e) {
      return true;
    }
  }
}
