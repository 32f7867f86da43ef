package io.mcpoauth.runner.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The nginx of this machine with a configuration of ours. */
final class Nginx implements AutoCloseable {

  private final Process process;

  private Nginx(Process process) {
    this.process = process;
  }

  /** The program, where it is installed. */
  static Optional<Path> program() {
    return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it with a file of server blocks, without TLS.
   *
   * @param replaced what stands differently on this machine
   */
  static Nginx start(Path program, Path servers, Map<String, String> replaced, Path folder)
      throws IOException {
    String text = Files.readString(servers);
    for (Map.Entry<String, String> change : replaced.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new AssertionError("not in the configuration: " + change.getKey());
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    text = text.replaceAll("(?m)^ *ssl_.*$", "");
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        pid nginx.pid;
        error_log error.log;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          %s
        }
        """
            .formatted(text));
    return new Nginx(
        new ProcessBuilder(
                program.toString(), "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.log").toFile())
            .start());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
