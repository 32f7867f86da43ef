package io.mcpoauth.servlet.contract;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat with its stock settings. */
final class TomcatContainer implements Container {

  private final Tomcat tomcat = new Tomcat();
  private final Context context;
  private final int port;
  private int count;

  TomcatContainer(String contextPath) {
    try {
      Path base = Files.createTempDirectory("tomcat");
      port = FreePorts.next(1);
      tomcat.setBaseDir(base.toString());
      tomcat.setHostname("127.0.0.1");
      tomcat.setPort(port);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      context = tomcat.addContext(contextPath, base.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void addServlet(HttpServlet servlet, List<String> urlPatterns) {
    Wrapper wrapper = Tomcat.addServlet(context, "servlet-" + ++count, servlet);
    wrapper.setAsyncSupported(true);
    urlPatterns.forEach(wrapper::addMapping);
  }

  @Override
  public void addFilter(Filter filter, String urlPattern) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("filter-" + ++count);
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName(definition.getFilterName());
    map.addURLPattern(urlPattern);
    context.addFilterMap(map);
  }

  @Override
  public void start() throws LifecycleException {
    tomcat.start();
  }

  @Override
  public void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
