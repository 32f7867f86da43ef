package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two instances on one database: what happens on one counts on the other. */
class TwoInstancesTest {

  private static final RawUpstream mcpServer = new RawUpstream();
  private static final RealParts parts = RealParts.start(() -> {});
  private static final String url = mcpServer.url("/mcp").toString();
  private static final RunningInstance one =
      RunningInstance.inProcess(parts, Map.of("MCP_SERVER_URL", url));
  private static final int otherPort = FreePorts.next(1);
  private static final RunningInstance other =
      RunningInstance.inProcess(
          parts, Map.of("MCP_SERVER_URL", url, "PORT", String.valueOf(otherPort)));

  @AfterAll
  static void stop() throws IOException {
    other.close();
    one.close();
    parts.close();
    mcpServer.close();
  }

  @Test
  void streamOnOneInstanceEndsWhenItsGrantIsRevokedOnTheOther_RV09() throws Exception {
    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    try (RawClient stream = new RawClient(otherPort)) {
      stream.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n");
      stream.send("Authorization: Bearer " + client.tokens().accessToken() + "\r\n\r\n");
      RawUpstream.Call call = mcpServer.next();
      call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
      call.send("Transfer-Encoding: chunked\r\n\r\n");
      call.chunk("data: 1\n\n");
      stream.readUntil("data: 1\n\n");
      long start = System.nanoTime();

      client.flow().revoke(client.metadata(), client.id(), client.tokens().refreshToken());

      stream.readUntil("0\r\n\r\n");
      call.awaitClosed(5_000);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }
  }
}
