package io.mcpoauth.runner.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.servlet.contract.ProxyEngineContract;
import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import io.mcpoauth.servlet.forward.McpGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.junit.jupiter.api.Test;

class McpProxyHandlerTest extends ProxyEngineContract {

  /** Short, to show that nothing of ours ends by it. */
  private static final int IDLE_MILLIS = 2_000;

  /** Longer than a disconnect may take to be noticed without it. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty, 1, 1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private volatile boolean stuck;

  McpProxyHandlerTest() {
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(IDLE_MILLIS);
    jetty.addConnector(connector);
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected int port() {
    return connector.getLocalPort();
  }

  @Override
  protected void start(McpGate gate, AuthorizationServer server) throws Exception {
    jetty.setHandler(
        new McpProxyHandler(
            gate,
            new ProxyHttpClient(),
            new Timing(answerLimit(), HEARTBEAT),
            this::runWaiting,
            new DefaultHandler()));
    jetty.start();
  }

  private void runWaiting(Runnable task) {
    if (stuck) {
      held.add(task);
    } else {
      threads.execute(task);
    }
  }

  @Override
  protected void stop() throws Exception {
    jetty.stop();
    threads.shutdownNow();
  }

  @Test
  void disconnectBeforeTheAnswerReachesTheServerWithinASecond_RS23() throws Exception {
    RawUpstream.Call call;
    try (RawClient client = new RawClient(port())) {
      client.send(post());
      call = upstream.next();
      call.body();
    }
    long start = System.nanoTime();
    call.awaitClosed(5_000);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
  }

  @Test
  void requestThatComesBeforeTheAnswerOfTheLastIsServedAfterIt_HP08() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(post());
      RawUpstream.Call first = upstream.next();
      first.body();
      assertThat(first.isSilentFor(500)).isTrue();
      client.send(post());
      assertThat(first.isSilentFor(500)).isTrue();
      first.answer("200 OK", "", "one".getBytes(StandardCharsets.UTF_8));
      client.readUntil("\r\n\r\none");
      RawUpstream.Call second = upstream.next();
      second.body();
      second.answer("200 OK", "", "two".getBytes(StandardCharsets.UTF_8));
      client.readUntil("\r\n\r\ntwo");
    }
  }

  @Test
  void silentEventStreamGetsCommentsBetweenItsEvents_RS23() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(post());
      RawUpstream.Call call = upstream.next();
      call.body();
      call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
      call.send("Transfer-Encoding: chunked\r\n\r\n");
      call.chunk("data: half of ");
      client.readUntil("half of ");
      assertThat(call.isSilentFor((int) HEARTBEAT.toMillis() * 2)).isTrue();
      call.chunk("an event\n\n");
      String seen = client.readUntil(":\n\n");
      call.chunk("data: another\n\n");

      assertThat(seen).contains("an event\n\n").doesNotStartWith(":");
      assertThat(client.readUntil("another\n\n")).contains("data: another\n\n");
    }
  }

  @Test
  void requestOfAKnownUserPassesWhileAllThatMayWaitIsStuck_DB09() throws Exception {
    assertThat(statusOf(token())).isEqualTo(200);
    stuck = true;

    assertThat(statusOf(token())).isEqualTo(200);
    CompletableFuture<HttpResponse<String>> unknown = sendAsync(bearer("unknown"));
    assertThat(statusOf(token())).isEqualTo(200);
    assertThat(unknown).isNotDone();
    held.forEach(threads::execute);
    assertThat(get(unknown).statusCode()).isEqualTo(401);
  }

  private int statusOf(String bearer) throws Exception {
    CompletableFuture<HttpResponse<String>> answer = sendAsync(bearer(bearer));
    RawUpstream.Call call = upstream.next();
    call.body();
    call.answer("200 OK", "", "one".getBytes(StandardCharsets.UTF_8));
    return get(answer).statusCode();
  }

  private HttpRequest.Builder bearer(String token) {
    return request("/mcp")
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofString("{}"));
  }

  @Test
  void lastAnswerOfAConnectionIsInChunksSoThatItsEndIsSeen_RS22() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(post().replace("Content-Length", "Connection: close\r\nContent-Length"));
      RawUpstream.Call call = upstream.next();
      call.body();
      call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      call.chunk("{\"half\":");
      assertThat(client.readUntil("half"))
          .contains("\r\nTransfer-Encoding: chunked\r\n", "\r\nConnection: close\r\n");
      call.close();
      assertThat(client.readAll()).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void answerOfUnknownLengthThatBreaksOffIsResetForOldClients_RS22() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(post().replace("HTTP/1.1", "HTTP/1.0"));
      RawUpstream.Call call = upstream.next();
      call.body();
      call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      call.chunk("{\"half\":");
      assertThat(client.readUntil("half")).doesNotContainIgnoringCase("Transfer-Encoding");
      call.close();
      assertThatThrownBy(() -> client.readUntil("more")).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void connectionOfAClientWhoseBodiesCameWholeIsKept_HP08() throws Exception {
    String body = "x".repeat(65_536);
    try (RawClient client = new RawClient(port())) {
      for (int i = 0; i < 60; i++) {
        client.send(post().replace("Length: 2\r\n\r\n{}", "Length: 65536\r\n\r\n" + body));
        RawUpstream.Call call = upstream.next();
        call.body();
        call.answer("200 OK", "", "one".getBytes(StandardCharsets.UTF_8));
        assertThat(client.readUntil("\r\n\r\none")).doesNotContain("Connection: close");
      }
    }
  }

  @Test
  void answerThatIsBrokenFromItsFirstChunkOnIsNone_RS22() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(post().replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      RawUpstream.Call call = upstream.next();
      call.body();
      call.send("HTTP/1.1 200 OK\r\nX-Of: server\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

      assertThat(client.readAll())
          .startsWith("HTTP/1.1 502 ")
          .contains("\"jsonrpc\":\"2.0\"")
          .doesNotContain("X-Of");
    }
  }

  @Test
  void earlyAnswerSaysThatItEndsTheConnection_HP08() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(post().replace("Content-Length: 2", "Content-Length: 1000000"));
      RawUpstream.Call call = upstream.next();
      call.answer("413 Content Too Large", "", "too much".getBytes(StandardCharsets.UTF_8));

      assertThat(client.readAll())
          .startsWith("HTTP/1.1 413")
          .contains("\r\nConnection: close\r\n")
          .endsWith("too much");
    }
  }

  private String post() {
    return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + token()
        + "\r\nContent-Length: 2\r\n\r\n{}";
  }
}
