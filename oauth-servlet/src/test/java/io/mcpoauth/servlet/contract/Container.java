package io.mcpoauth.servlet.contract;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.util.List;

/** A servlet container on a free loopback port. */
public interface Container {

  /** Jetty; a context path is empty or begins with a slash. */
  static Container jetty(String contextPath) {
    return new JettyContainer(contextPath);
  }

  /** Tomcat; a context path is empty or begins with a slash. */
  static Container tomcat(String contextPath) {
    return new TomcatContainer(contextPath);
  }

  /** The port; known before {@link #start}. */
  int port();

  /** Adds a servlet that may work asynchronously. */
  void addServlet(HttpServlet servlet, List<String> urlPatterns);

  /** Adds a filter that may work asynchronously. */
  void addFilter(Filter filter, String urlPattern);

  /** Begins to answer. */
  void start() throws Exception;

  /** Ends. */
  void stop() throws Exception;
}
