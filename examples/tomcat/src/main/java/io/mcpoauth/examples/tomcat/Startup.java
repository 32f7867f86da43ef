package io.mcpoauth.examples.tomcat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.servlet.setup.PublishedServer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

// snippet: startup
/** Makes the authorization server before the servlets and the filter of {@code web.xml}. */
public final class Startup implements ServletContextListener {

  private @Nullable AuthorizationServer server;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    server = SignIn.server(event.getServletContext());
    PublishedServer.publish(event.getServletContext(), server);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (server != null) {
      server.close();
    }
  }
}
// end snippet: startup
