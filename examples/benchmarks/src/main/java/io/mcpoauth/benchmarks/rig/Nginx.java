package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.machine.ChildProcess;
import io.mcpoauth.benchmarks.machine.Command;
import io.mcpoauth.benchmarks.machine.Ports;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** nginx as a user would set it up: keep-alive on both sides, no log of each request. */
public final class Nginx implements AutoCloseable {

  private static final String FRAME =
      """
      daemon off;
      worker_processes 1;
      pid %1$s/nginx-%2$s.pid;
      error_log %1$s/nginx-%2$s.log warn;
      worker_rlimit_nofile 20000;
      events { worker_connections 20000; }
      http {
        access_log off;
        client_body_temp_path %1$s/nginx-%2$s-body;
        proxy_temp_path %1$s/nginx-%2$s-proxy;
        fastcgi_temp_path %1$s/nginx-%2$s-fastcgi;
        uwsgi_temp_path %1$s/nginx-%2$s-uwsgi;
        scgi_temp_path %1$s/nginx-%2$s-scgi;
        keepalive_requests 100000000;
        %3$s
      }
      """;

  private static final String ANSWERING =
      """
      server {
        listen 127.0.0.1:%d backlog=4096;
        location / { default_type application/json; return 200 '%s'; }
      }
      """;

  private static final String PASSING =
      """
      upstream mcp {
        server 127.0.0.1:%d;
        keepalive 512;
        keepalive_requests 100000000;
      }
      server {
        listen 127.0.0.1:%d backlog=4096;
        location / {
          proxy_pass http://mcp;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_buffering %s;
          proxy_read_timeout 1h;
        }
      }
      """;

  private final String name;
  private final int port;
  private final ChildProcess process;

  private Nginx(WorkFolder folder, String name, int port, String servers) {
    this.name = name;
    this.port = port;
    String program = Command.find("nginx", "apt-get install nginx-light").toString();
    String id = name.replace(' ', '-').toLowerCase(Locale.ROOT);
    String text = FRAME.formatted(folder.file(""), id, servers);
    String configuration = folder.write(id + ".conf", text).toString();
    String log = folder.file(id + ".err").toString();
    process =
        ChildProcess.start(
                folder.file(id + ".out"),
                Map.of(),
                List.of(program, "-p", folder.file("").toString(), "-e", log, "-c", configuration))
            .awaitPort(port);
  }

  /** A server that answers every request with 1 KB of JSON. */
  public static Nginx answering(WorkFolder folder) {
    int port = Ports.free();
    return new Nginx(folder, "upstream", port, ANSWERING.formatted(port, answer()));
  }

  /**
   * A plain proxy before a server.
   *
   * @param buffering off for streams
   */
  public static Nginx passingTo(WorkFolder folder, int upstream, boolean buffering) {
    int port = Ports.free();
    String servers = PASSING.formatted(upstream, port, buffering ? "on" : "off");
    return new Nginx(folder, "nginx", port, servers);
  }

  /** This server, to be measured. */
  public Target target() {
    return new Target(name, port, process.pid());
  }

  @Override
  public void close() {
    process.close();
  }

  private static String answer() {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"" + "x".repeat(970) + "\"}}";
  }
}
