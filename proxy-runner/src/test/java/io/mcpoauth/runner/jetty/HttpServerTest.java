package io.mcpoauth.runner.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch slowBegan = new CountDownLatch(1);
  private final CompletableFuture<Void> slowMayEnd = new CompletableFuture<>();
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (waiting, next) -> new StreamsAndSlowness(next),
            new Failing());
    port = server.port();
  }

  @AfterEach
  void stop() {
    slowMayEnd.complete(null);
    server.drainAndStop();
  }

  @Test
  void requestThatIsUnderWayEndsBeforeTheServerDoes_CF08() throws Exception {
    CompletableFuture<HttpResponse<String>> slow =
        client.sendAsync(request("/slow"), BodyHandlers.ofString());
    assertThat(slowBegan.await(10, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(server::drainAndStop);
    await().until(() -> isRefused("/"));
    // Longer than Jetty's own patience with a connection on which nothing moves.
    await().during(Duration.ofSeconds(3)).until(() -> !drained.isDone());
    slowMayEnd.complete(null);

    assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
    assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eventStreamIsEndedRegularlyWhenTheServerStops_CF08() throws Exception {
    HttpResponse<InputStream> stream =
        client.send(request("/stream"), BodyHandlers.ofInputStream());
    byte[] event = stream.body().readNBytes(Events.FIRST.length);
    assertThat(event).isEqualTo(Events.FIRST);

    assertThat(server.drainAndStop()).isTrue();

    assertThat(stream.body().readAllBytes()).isEmpty();
  }

  @Test
  void keptAliveConnectionsTakeFewKilobytesEach_SL04() throws Exception {
    int connections = 300;
    byte[] get =
        "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: %s\r\n\r\n"
            .formatted("x".repeat(600))
            .getBytes(US_ASCII);
    List<Socket> open = new ArrayList<>();
    long before = liveHeap();
    try {
      for (int i = 0; i < connections; i++) {
        open.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      // A parser that remembers header fields begins to do so with the second request.
      for (int repeat = 0; repeat < 3; repeat++) {
        for (Socket socket : open) {
          socket.getOutputStream().write(get);
          assertThat(socket.getInputStream().read(new byte[4_096])).isPositive();
        }
      }
      assertThat((liveHeap() - before) / connections).isLessThan(30_000);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void errorsOfTheServerSayNothingOfItsParts_LG02() throws Exception {
    HttpResponse<String> failed = client.send(request("/fail"), BodyHandlers.ofString());

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).isEqualTo("{\"error\":\"server_error\"}");
    assertThat(failed.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void longHeaderIsRefused() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/")).header("X-Long", "a".repeat(20_000)).build();

    assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(431);
  }

  @Test
  void whatIsNotHttpIsRefusedWithoutABanner() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("jetty");
    }
  }

  @Test
  void addressThatIsTakenIsAnIoException() {
    assertThatThrownBy(
            () ->
                HttpServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    (waiting, next) -> new StreamsAndSlowness(next),
                    new Failing()))
        .isInstanceOf(IOException.class);
  }

  private boolean isRefused(String path) throws InterruptedException {
    try {
      return client.send(request(path), BodyHandlers.discarding()).statusCode() == 503;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30)).build();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static final class Events {
    static final byte[] FIRST = "data: 1\n\n".getBytes(UTF_8);
  }

  private final class StreamsAndSlowness extends Handler.Wrapper {
    StreamsAndSlowness(Handler next) {
      super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String path = Request.getPathInContext(request);
      if (path.equals("/stream")) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        request.addIdleTimeoutListener(timeout -> false);
        response.write(false, ByteBuffer.wrap(Events.FIRST), Callback.NOOP);
        return true;
      }
      if (path.equals("/slow")) {
        request.addIdleTimeoutListener(timeout -> false);
        slowBegan.countDown();
        var unused =
            slowMayEnd.whenComplete(
                (nothing, failure) ->
                    response.write(true, ByteBuffer.wrap("done".getBytes(UTF_8)), callback));
        return true;
      }
      return super.handle(request, response, callback);
    }
  }

  /** What is left after a full collection. */
  private static long liveHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static final class Failing extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(
        jakarta.servlet.http.HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getRequestURI().equals("/fail")) {
        throw new IllegalStateException("internal detail");
      }
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
