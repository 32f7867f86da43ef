package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many event streams at once: they take no threads, so that everything else goes on. */
class ManyStreamsTest {

  /** More than the server has threads. */
  private static final int STREAMS = Integer.getInteger("mcpoauth.streams", 300);

  private static final int REFRESHES = 100;

  @Test
  void tokensAreRefreshedBesideManyOpenStreams_DS10() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (RealParts parts = RealParts.start(() -> {});
        RawUpstream mcpServer = new RawUpstream();
        RunningInstance proxy =
            RunningInstance.inProcess(
                parts,
                Map.of(
                    "MCP_SERVER_URL",
                    mcpServer.url("/mcp").toString(),
                    "MCP_SERVER_MAX_REQUESTS_PER_USER",
                    "100000"))) {
      assertThat(proxy).isNotNull();
      SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
      for (int i = 0; i < STREAMS; i++) {
        clients.add(openStream(parts, mcpServer, client.tokens()));
      }

      Tokens tokens = client.tokens();
      List<Duration> took = new ArrayList<>();
      for (int i = 0; i < REFRESHES; i++) {
        long begin = System.nanoTime();
        tokens =
            FlowDriver.tokens(
                client.flow().refresh(client.metadata(), client.id(), tokens.refreshToken()));
        took.add(Duration.ofNanos(System.nanoTime() - begin));
      }

      took.sort(null);
      Duration usual = took.get(REFRESHES / 2);
      System.out.printf("%d streams, median refresh %s%n", STREAMS, usual);
      assertThat(usual).isLessThan(Duration.ofMillis(500));
      clients.add(request(parts, tokens));
      mcpServer.next().answer("204 No Content", "", new byte[0]);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static RawClient openStream(RealParts parts, RawUpstream mcpServer, Tokens tokens)
      throws IOException, InterruptedException {
    RawClient client = request(parts, tokens);
    RawUpstream.Call call = mcpServer.next();
    call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
    call.send("Transfer-Encoding: chunked\r\n\r\n");
    call.chunk(": open\n\n");
    assertThat(client.readUntil(": open\n\n")).startsWith("HTTP/1.1 200 ");
    return client;
  }

  private static RawClient request(RealParts parts, Tokens tokens) throws IOException {
    RawClient client = new RawClient(parts.proxy().getPort());
    client.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n");
    client.send("Authorization: Bearer " + tokens.accessToken() + "\r\n\r\n");
    return client;
  }
}
