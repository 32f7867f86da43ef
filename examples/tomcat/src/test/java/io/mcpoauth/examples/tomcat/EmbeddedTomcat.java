package io.mcpoauth.examples.tomcat;

import io.mcpoauth.servlet.contract.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat with one application at its root. */
final class EmbeddedTomcat implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();
  private final int port = FreePorts.next(1);

  private EmbeddedTomcat(Path base) {
    tomcat.setBaseDir(base.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(port);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.setAddDefaultWebXmlToWebapp(false);
  }

  /** The application as its {@code web.xml} declares it. */
  static EmbeddedTomcat ofWebXml(Path base, URI provider) throws LifecycleException {
    EmbeddedTomcat started = new EmbeddedTomcat(base);
    Path webapp = Path.of("src", "main", "webapp").toAbsolutePath();
    Context context =
        started.tomcat.addWebapp(
            started.tomcat.getHost(), "", webapp.toString(), new ContextConfig());
    return started.run(context, provider);
  }

  /** The application as its listener registers it, without any {@code web.xml}. */
  static EmbeddedTomcat ofListener(Path base, URI provider) throws LifecycleException, IOException {
    EmbeddedTomcat started = new EmbeddedTomcat(base);
    Path empty = Files.createDirectory(base.resolve("empty"));
    Context context = started.tomcat.addContext("", empty.toString());
    context.addApplicationListener(ProgrammaticStartup.class.getName());
    return started.run(context, provider);
  }

  private EmbeddedTomcat run(Context context, URI provider) throws LifecycleException {
    // Nothing of the application is found by scanning, and the class path of tests is long.
    context.getJarScanner().setJarScanFilter((type, name) -> false);
    parameters(provider).forEach(context::addParameter);
    tomcat.start();
    return this;
  }

  private Map<String, String> parameters(URI provider) {
    return Map.of(
        "BASE_URL",
        "http://localhost:" + port,
        "OAUTH_AUTHORIZE_URL",
        provider.toString(),
        "OAUTH_CLIENT_ID",
        "tomcat-example",
        "OAUTH_CLIENT_SECRET",
        "s3cret",
        "ENCRYPTION_KEY",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  }

  /** The application's MCP endpoint. */
  URI mcpServer() {
    return URI.create("http://localhost:" + port + "/mcp");
  }

  /** The paths of a servlet. */
  List<String> mappingsOf(String servlet) {
    Container application = tomcat.getHost().findChild("");
    return List.of(((Wrapper) application.findChild(servlet)).findMappings());
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
