package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.machine.ChildProcess;
import io.mcpoauth.benchmarks.machine.Ports;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The product as its users run it: the jar, set up by environment variables. */
public final class ProxyServer implements AutoCloseable {

  static final Scopes SCOPES = Scopes.of("openid", "profile", "email");

  /** Another build can be put in its place, to compare the two. */
  private static final Path JAR =
      Path.of(System.getenv().getOrDefault("PROXY_JAR", "proxy-runner/target/proxy-runner.jar"));

  private final int port;
  private final ChildProcess process;

  /**
   * The proxy on a database, in a JVM of its own; it is not awaited.
   *
   * @param moreFlags for the JVM
   */
  public ProxyServer(
      WorkFolder folder, Jvm jvm, PostgresServer database, int upstream, String... moreFlags) {
    port = Ports.free();
    List<String> command = new ArrayList<>(jvm.command());
    command.addAll(List.of(moreFlags));
    command.addAll(List.of("-jar", JAR.toString()));
    Map<String, String> environment =
        Map.of(
            "BASE_URL",
            issuer().toString(),
            "PORT",
            Integer.toString(port),
            "MCP_SERVER_URL",
            "http://127.0.0.1:" + upstream + "/mcp",
            // All streams are of one user.
            "MCP_SERVER_MAX_REQUESTS_PER_USER",
            "100000",
            "SCOPES_SUPPORTED",
            SCOPES.toString(),
            "GITHUB_CLIENT_ID",
            "benchmark",
            "GITHUB_CLIENT_SECRET",
            "benchmark",
            "DATABASE_DSN",
            database.dsn(),
            "ENCRYPTION_KEY",
            Grants.ENCRYPTION_KEY);
    process = ChildProcess.start(folder.file("proxy-" + port + ".log"), environment, command);
  }

  /** The proxy, once it listens. */
  public static ProxyServer started(
      WorkFolder folder, Jvm jvm, PostgresServer database, int upstream) {
    ProxyServer proxy = new ProxyServer(folder, jvm, database, upstream);
    proxy.process.awaitPort(proxy.port);
    return proxy;
  }

  /** Its issuer, which is also its base URL. */
  public URI issuer() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** What it protects. */
  public ProtectedResource resource() {
    return new ProtectedResource(new ResourceUri(issuer() + "/mcp"), SCOPES, Scopes.none());
  }

  /** This server, to be measured. */
  public Target target() {
    return new Target("proxy", port, process.pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
