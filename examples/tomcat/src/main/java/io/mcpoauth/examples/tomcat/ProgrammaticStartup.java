package io.mcpoauth.examples.tomcat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.filter.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

// snippet: programmatic
/** The same as {@code web.xml} in Java: the only thing that has to be declared is this listener. */
public final class ProgrammaticStartup implements ServletContextListener {

  private @Nullable AuthorizationServer server;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    AuthorizationServer server = SignIn.server(event.getServletContext());
    this.server = server;
    register(event.getServletContext(), server, SecretSource.system());
  }

  private static void register(
      ServletContext context, AuthorizationServer server, SecretSource random) {
    ServletRegistration.Dynamic oauth =
        context.addServlet("oauth", new OAuthServlet(server, random));
    oauth.addMapping(OAuthServlet.URL_PATTERNS.toArray(String[]::new));

    ServletRegistration.Dynamic endpoint = context.addServlet("mcp", new McpEndpoint());
    endpoint.setAsyncSupported(true);
    endpoint.addMapping("/mcp");

    ProtectedResource mcp = server.settings().resources().get(0);
    FilterRegistration.Dynamic filter =
        context.addFilter("bearer", new BearerFilter(server, mcp, random));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/mcp");
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (server != null) {
      server.close();
    }
  }
}
// end snippet: programmatic
