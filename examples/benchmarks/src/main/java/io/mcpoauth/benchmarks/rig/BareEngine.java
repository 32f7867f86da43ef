package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.machine.ChildProcess;
import io.mcpoauth.benchmarks.machine.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's own reverse proxy, which checks no token and has no policy: the floor of our costs. */
public final class BareEngine implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 20_000;

  private final int port = Ports.free();
  private final ChildProcess process;

  /** The engine in a JVM of its own before a server. */
  public BareEngine(WorkFolder folder, Jvm jvm, int upstream) {
    List<String> command = new ArrayList<>(jvm.command());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), BareEngine.class.getName()));
    command.addAll(List.of(Integer.toString(port), Integer.toString(upstream)));
    Path log = folder.file("bare-engine.log");
    process = ChildProcess.start(log, Map.of(), command).awaitPort(port);
  }

  /** This server, to be measured. */
  public Target target() {
    return new Target("bare engine", port, process.pid());
  }

  @Override
  public void close() {
    process.close();
  }

  /** Listens on the first port and passes on to the second. */
  public static void main(String... ports) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool();
    if (VirtualThreads.areSupported()) {
      threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    }
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(ports[0]));
    server.addConnector(connector);
    URI upstream = URI.create("http://127.0.0.1:" + ports[1]);
    server.setHandler(new Engine(upstream));
    server.start();
    server.join();
  }

  /** With the time-outs and limits that streams need, as ours has them. */
  private static final class Engine extends ProxyHandler.Reverse {

    Engine(URI upstream) {
      super(request -> HttpURI.from(upstream + request.getHttpURI().getPathQuery()));
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
      super.configureHttpClient(client);
      client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
      client.setMaxRequestsQueuedPerDestination(MAX_CONNECTIONS);
      client.setIdleTimeout(0);
    }
  }
}
