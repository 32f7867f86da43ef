package io.mcpoauth.servlet.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.filter.BearerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servlet and filter as a container makes them that was told their classes only. */
class DeclaredPartsTest {

  private static final URI ISSUER = URI.create("http://localhost:8080");

  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty, 1, 1);
  private final ServletContextHandler context = new ServletContextHandler("/");
  private final AuthorizationServer server = TestServer.at(ISSUER);

  DeclaredPartsTest() {
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    jetty.setHandler(context);
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
    server.close();
  }

  @Test
  void theyServeTheServerThatAListenerPublished() throws Exception {
    context.addServlet(new ServletHolder(OAuthServlet.class), "/*");
    context.addFilter(filter("/mcp"), "/mcp/*", EnumSet.of(DispatcherType.REQUEST));
    PublishedServer.publish(context.getServletContext(), server);
    jetty.start();

    assertThat(status("/.well-known/oauth-authorization-server")).isEqualTo(200);
    assertThat(status("/mcp/x")).isEqualTo(401);
  }

  @Test
  void theOnlyResourceNeedNotBeNamed() throws Exception {
    context.addFilter(
        new FilterHolder(BearerFilter.class), "/*", EnumSet.of(DispatcherType.REQUEST));
    PublishedServer.publish(context.getServletContext(), server);
    jetty.start();

    assertThat(status("/anything")).isEqualTo(401);
  }

  @Test
  void withoutAPublishedServerTheApplicationDoesNotStart() {
    ServletHolder servlet = new ServletHolder(OAuthServlet.class);
    servlet.setInitOrder(1);
    context.addServlet(servlet, "/*");

    assertThatThrownBy(jetty::start)
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("PublishedServer.publish");
  }

  @Test
  void aResourceThatTheServerDoesNotKnowKeepsTheApplicationFromStarting() {
    context.addFilter(filter("/other"), "/*", EnumSet.of(DispatcherType.REQUEST));
    PublishedServer.publish(context.getServletContext(), server);

    assertThatThrownBy(jetty::start)
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("\"resource\"");
  }

  private static FilterHolder filter(String resource) {
    FilterHolder filter = new FilterHolder(BearerFilter.class);
    filter.setInitParameter(BearerFilter.RESOURCE, resource);
    return filter;
  }

  private int status(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
