package io.mcpoauth.runner.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.servlet.contract.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** More connections than the operating system allows the server. */
@EnabledOnOs(OS.LINUX)
class DescriptorsTest {

  private static final int ALLOWED = 400;

  private final List<SocketChannel> flood = new ArrayList<>();
  private Process server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n " + ALLOWED + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    port =
        Integer.parseInt(
            new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8)).readLine());
  }

  @AfterEach
  void stop() throws IOException {
    hangUp();
    server.destroyForcibly();
  }

  @Test
  void serverThatHasNoneLeftSaysSoAndGoesOnWhenSomeAreFree_SL05() throws IOException {
    try (RawClient known = new RawClient(port)) {
      assertThat(answer(known, "/health/ready")).startsWith("HTTP/1.1 204");
      await()
          .until(
              () -> {
                connectMore();
                return answer(known, "/health/ready").startsWith("HTTP/1.1 503");
              });
      assertThat(answer(known, "/other")).startsWith("HTTP/1.1 204");
      assertThat(processorTimeOf(Duration.ofSeconds(2))).isLessThan(Duration.ofSeconds(1));

      hangUp();
      await().until(() -> answer(known, "/health/ready").startsWith("HTTP/1.1 204"));
    }
    try (RawClient another = new RawClient(port)) {
      assertThat(answer(another, "/other")).startsWith("HTTP/1.1 204");
    }
  }

  private void connectMore() throws IOException {
    for (int i = 0; i < ALLOWED / 4; i++) {
      SocketChannel client = SocketChannel.open();
      client.configureBlocking(false);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      flood.add(client);
    }
  }

  /** What the server computes while nothing is asked of it. */
  private Duration processorTimeOf(Duration time) {
    Duration before = processorTime();
    await().pollDelay(time).until(() -> true);
    return processorTime().minus(before);
  }

  private Duration processorTime() {
    return server.info().totalCpuDuration().orElseThrow();
  }

  private void hangUp() throws IOException {
    for (SocketChannel client : flood) {
      client.close();
    }
    flood.clear();
  }

  private static String answer(RawClient client, String path) throws IOException {
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    String head = client.readUntil("\r\n\r\n");
    return head.contains("Content-Length: ") ? head + client.readUntil("}") : head;
  }
}
