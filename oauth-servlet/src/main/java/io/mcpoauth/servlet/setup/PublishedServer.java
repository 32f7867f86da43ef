package io.mcpoauth.servlet.setup;

import io.mcpoauth.core.AuthorizationServer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

/**
 * The authorization server in an application's {@link ServletContext}, where servlets and filters
 * that are declared by their class, as in {@code web.xml}, look for it. A {@code
 * ServletContextListener} publishes it, because listeners run before both.
 */
public final class PublishedServer {

  private static final String ATTRIBUTE = AuthorizationServer.class.getName();

  private PublishedServer() {}

  /** Publishes the server; it stays the caller's to close. */
  public static void publish(ServletContext context, AuthorizationServer server) {
    context.setAttribute(ATTRIBUTE, server);
  }

  /**
   * The server that was published.
   *
   * @throws ServletException when there is none, which keeps the application from starting
   */
  public static AuthorizationServer in(ServletContext context) throws ServletException {
    if (context.getAttribute(ATTRIBUTE) instanceof AuthorizationServer server) {
      return server;
    }
    throw new ServletException(
        "There is no authorization server in the servlet context."
            + " A ServletContextListener has to publish one with PublishedServer.publish.");
  }
}
