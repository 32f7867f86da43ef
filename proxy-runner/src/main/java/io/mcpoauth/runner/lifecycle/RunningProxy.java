package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.runner.jetty.HttpServer;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy that serves requests, with everything that belongs to it. */
public final class RunningProxy implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunningProxy.class);

  private final AuthorizationServer server;
  private final HttpServer http;
  private final OpenParts parts;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean drained = new AtomicBoolean();

  RunningProxy(AuthorizationServer server, HttpServer http, OpenParts parts) {
    this.server = server;
    this.http = http;
    this.parts = parts;
  }

  /** The issuer: the base of all public URLs. */
  public URI issuer() {
    return server.settings().issuer();
  }

  /** Whether requests that need the database can be served. */
  public boolean isReady() {
    return server.isReady();
  }

  /**
   * Lets requests end within {@link HttpServer#MAX_DRAIN}, then closes everything in reverse order
   * of its start. A second call does nothing.
   *
   * @return whether all requests came to their end
   */
  public boolean stop() {
    if (stopping.compareAndSet(false, true)) {
      log.info("Stopping: requests under way may end, new ones are refused");
      drained.set(http.drainAndStop());
      parts.close();
      log.info(drained.get() ? "Stopped in order" : "Stopped; some requests were cut off");
    }
    return drained.get();
  }

  @Override
  public void close() {
    stop();
  }
}
