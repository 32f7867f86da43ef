package io.mcpoauth.runner.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.servlet.contract.RawClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that take all the time they can get. There are a hundred of them; {@code
 * -Dmcpoauth.slow.connections=9000} makes more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsTest {

  private static final int CONNECTIONS = Integer.getInteger("mcpoauth.slow.connections", 100);
  private static final Duration LIMIT = Duration.ofMillis(500);

  private static final int READERS = CONNECTIONS / 10;

  private static final Duration SLACK = Duration.ofSeconds(CONNECTIONS > 1_000 ? 60 : 10);
  private static final byte[] HEAD =
      "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(US_ASCII);
  private static final byte[] BODY =
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n".getBytes(US_ASCII);

  private final List<SocketChannel> clients = new ArrayList<>();
  private final AtomicLong flooded = new AtomicLong();
  private final AtomicLong cutOff = new AtomicLong();
  private HttpServer server;

  @BeforeAll
  void start() throws IOException {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (waiting, next) -> new Flooding(next),
            new Echo(),
            new Patience(LIMIT, LIMIT, LIMIT));
  }

  @AfterAll
  void stop() {
    server.drainAndStop();
  }

  @AfterEach
  void disconnect() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    clients.clear();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void headThatComesByteByByteIsNotWaitedFor_SL01(boolean bytes) throws IOException {
    connect(CONNECTIONS, bytes ? HEAD : new byte[0]);

    assertThatAllAreClosedWhileOthersAreServed(bytes);
  }

  @Test
  void nextHeadOfAConnectionIsNotWaitedForEither_SL01() throws IOException {
    connect(CONNECTIONS, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    for (SocketChannel client : clients) {
      assertThat(client.read(ByteBuffer.allocate(4_096))).isPositive();
    }
    await().during(LIMIT.multipliedBy(2)).until(() -> clients.stream().noneMatch(this::isClosed));
    trickle();

    assertThatAllAreClosedWhileOthersAreServed(true);
  }

  @Test
  void bodyThatComesByteByByteIsNotWaitedFor_SL02() throws IOException {
    connect(CONNECTIONS, BODY);

    assertThatAllAreClosedWhileOthersAreServed(true);
  }

  @Test
  void lateBodyIsAnswered_SL02() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(new String(BODY, US_ASCII) + "some");

      assertThat(client.readAll())
          .startsWith("HTTP/1.1 408")
          .contains("\r\nConnection: close\r\n", "{\"error\":\"request_timeout\"}");
    }
  }

  @Test
  void bodyThatComesInTimeIsReadWhole_SL02() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(new String(BODY, US_ASCII));
      client.send("a".repeat(60));
      client.send("b".repeat(40));

      assertThat(client.readUntil("b".repeat(40))).contains("a".repeat(60));
    }
  }

  @Test
  void answerThatNobodyTakesIsCutOff_SL03() throws IOException {
    connect(READERS, "GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));

    await().atMost(LIMIT.plus(SLACK)).until(() -> isServed() && cutOff.get() == READERS);
    assertThat(flooded.get() / READERS).isLessThan(1024 * 1024);
  }

  @Test
  void slowAnswerIsNotTakenForASlowClient_SL03() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(client.readUntil("done")).startsWith("HTTP/1.1 200");
    }
  }

  private void connect(int count, byte[] beginning) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel client = SocketChannel.open();
      clients.add(client);
      client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      client.write(ByteBuffer.wrap(beginning));
    }
  }

  private void assertThatAllAreClosedWhileOthersAreServed(boolean bytes) {
    await()
        .atMost(LIMIT.plus(SLACK))
        .until(
            () -> {
              if (bytes) {
                trickle();
              }
              return isServed() && clients.stream().allMatch(this::isClosed);
            });
  }

  /** One more byte from each. */
  private void trickle() {
    for (SocketChannel client : clients) {
      try {
        client.write(ByteBuffer.wrap(new byte[] {'a'}));
      } catch (IOException e) {
        // Closed, as it should be.
      }
    }
  }

  private boolean isClosed(SocketChannel client) {
    try {
      client.configureBlocking(false);
      ByteBuffer answer = ByteBuffer.allocate(4_096);
      int read = client.read(answer);
      return read < 0 || (read > 0 && client.read(answer) < 0);
    } catch (IOException e) {
      return true;
    }
  }

  private boolean isServed() throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      return client.readAll().startsWith("HTTP/1.1 200");
    }
  }

  /** Answers without an end, and late answers. */
  private final class Flooding extends Handler.Wrapper {

    Flooding(Handler next) {
      super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      if (path.equals("/flood")) {
        request.addIdleTimeoutListener(timeout -> false);
        new Flood(response, callback).iterate();
        return true;
      }
      if (path.equals("/slow")) {
        var unused =
            getServer()
                .getScheduler()
                .schedule(
                    () ->
                        response.write(true, ByteBuffer.wrap("done".getBytes(US_ASCII)), callback),
                    LIMIT.multipliedBy(2).toMillis(),
                    TimeUnit.MILLISECONDS);
        return true;
      }
      return super.handle(request, response, callback);
    }
  }

  private final class Flood extends IteratingCallback {

    private final Response response;
    private final Callback callback;

    Flood(Response response, Callback callback) {
      this.response = response;
      this.callback = callback;
    }

    @Override
    protected Action process() {
      flooded.addAndGet(16_384);
      response.write(false, ByteBuffer.wrap(new byte[16_384]), this);
      return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      cutOff.incrementAndGet();
      callback.failed(cause);
    }
  }

  /** Says what it was told. */
  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getOutputStream().write(request.getInputStream().readAllBytes());
    }
  }
}
