package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A stop while there is much to do; {@code -Dmcpoauth.drain.streams=1000} makes it more. */
class DrainTest {

  private static final int STREAMS = Integer.getInteger("mcpoauth.drain.streams", 50);
  private static final int REFRESHES = 5;

  private final RealParts parts = RealParts.start(() -> {});
  private final RawUpstream mcpServer = new RawUpstream();
  private final List<RawClient> streams = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (RawClient stream : streams) {
      stream.close();
    }
    mcpServer.close();
    parts.close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void everythingUnderWayEndsInOrder_CF08(@TempDir Path folder) throws Exception {
    Map<String, String> settings =
        Map.of(
            "MCP_SERVER_URL",
            mcpServer.url("/mcp").toString(),
            "MCP_SERVER_MAX_REQUESTS_PER_USER",
            String.valueOf(STREAMS));
    Process proxy = RunningInstance.process(parts, settings, folder.resolve("proxy.log"));
    try (Connection database = parts.database().dataSource().getConnection()) {
      SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
      openStreams(client.tokens().accessToken());
      database.setAutoCommit(false);
      List<CompletableFuture<HttpResponse<String>>> refreshes = refreshesThatWait(client, database);

      proxy.toHandle().destroy();
      await().until(this::isRefused);
      for (RawClient stream : streams) {
        assertThat(stream.readAll()).endsWith("\r\n0\r\n\r\n");
      }
      assertThat(refreshes).noneMatch(CompletableFuture::isDone);
      database.rollback();

      for (CompletableFuture<HttpResponse<String>> refresh : refreshes) {
        assertThat(refresh.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
      assertThat(proxy.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(proxy.exitValue()).isZero();
    } finally {
      proxy.destroyForcibly();
    }
  }

  private void openStreams(String token) throws Exception {
    for (int i = 0; i < STREAMS; i++) {
      RawClient client = new RawClient(parts.proxy().getPort());
      streams.add(client);
      client.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n");
      client.send("Authorization: Bearer " + token + "\r\n\r\n");
      RawUpstream.Call call = mcpServer.next();
      call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
      call.send("Transfer-Encoding: chunked\r\n\r\n");
      call.chunk("data: " + i + "\n\n");
      client.readUntil("data: " + i + "\n\n");
    }
  }

  /** Requests that are in the middle of their work in the database. */
  private List<CompletableFuture<HttpResponse<String>>> refreshesThatWait(
      SignedInClient client, Connection database) throws Exception {
    try (Statement lock = database.createStatement()) {
      lock.execute("lock table mcp_oauth.grants in access exclusive mode");
    }
    List<CompletableFuture<HttpResponse<String>>> refreshes =
        Stream.generate(() -> client.tokens().refreshToken())
            .limit(REFRESHES)
            .map(
                token ->
                    CompletableFuture.supplyAsync(
                        () -> client.flow().refresh(client.metadata(), client.id(), token)))
            .toList();
    await().atMost(Duration.ofSeconds(5)).until(() -> waiting() > 0);
    return refreshes;
  }

  private long waiting() throws Exception {
    try (Connection connection = parts.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and datname = current_database()")) {
      row.next();
      return row.getLong(1);
    }
  }

  private boolean isRefused() throws IOException {
    try (Socket socket = new Socket("localhost", parts.proxy().getPort())) {
      return !socket.isConnected();
    } catch (ConnectException e) {
      return true;
    }
  }
}
