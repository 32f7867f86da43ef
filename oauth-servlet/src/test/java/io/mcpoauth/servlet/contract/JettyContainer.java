package io.mcpoauth.servlet.contract;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with its stock settings, but impatient. */
final class JettyContainer implements Container {

  /** Short, to show that nothing of ours ends by it. */
  private static final int IDLE_MILLIS = 2_000;

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final ServletContextHandler context;

  JettyContainer(String contextPath) {
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    context = new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath);
    server.setHandler(context);
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void addServlet(HttpServlet servlet, List<String> urlPatterns) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    urlPatterns.forEach(pattern -> context.addServlet(holder, pattern));
  }

  @Override
  public void addFilter(Filter filter, String urlPattern) {
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, urlPattern, EnumSet.of(DispatcherType.REQUEST));
  }

  @Override
  public void start() throws Exception {
    server.start();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
