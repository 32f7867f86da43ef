package io.mcpoauth.runner.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamEndingHandlerTest {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final CompletableFuture<Throwable> heardByHandler = new CompletableFuture<>();
  private final StreamEndingHandler ending = new StreamEndingHandler(new Stream(), PATIENCE);
  private final CompletableFuture<Response> stream = new CompletableFuture<>();

  @BeforeEach
  void start() throws Exception {
    server.addConnector(connector);
    server.setHandler(ending);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void streamThatAnswersAPostGoesOnForAWhile_CF08() throws Exception {
    InputStream events = post();
    assertThat(ending.shutdown()).isCompleted();
    write("2", Callback.NOOP);

    assertThat(new String(events.readAllBytes(), UTF_8)).isEqualTo("12");
  }

  @Test
  void handlerThatWritesToAnEndedStreamHearsOfIt() throws Exception {
    InputStream events = post();
    assertThat(ending.shutdown()).isCompleted();
    assertThat(events.readAllBytes()).hasSize(1);

    write("2", Callback.from(() -> {}, heardByHandler::complete));

    assertThat(heardByHandler.get(5, TimeUnit.SECONDS)).hasMessageContaining("stopping");
  }

  private InputStream post() throws Exception {
    URI uri = URI.create("http://localhost:" + connector.getLocalPort() + "/");
    return client
        .send(
            HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofInputStream())
        .body();
  }

  private void write(String text, Callback callback) {
    stream.join().write(false, ByteBuffer.wrap(text.getBytes(UTF_8)), callback);
  }

  private final class Stream extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
      // A second write before the first has ended would fail.
      response.write(
          false,
          ByteBuffer.wrap("1".getBytes(UTF_8)),
          Callback.from(() -> stream.complete(response), stream::completeExceptionally));
      return true;
    }
  }
}
