package io.mcpoauth.runner.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Sends one request, follows nothing, and gives up soon. */
final class WebProbe {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** What came of a request. */
  sealed interface Outcome {

    /** An answer, whatever its status. */
    record Answered(int status, String body) implements Outcome {}

    /** No answer, or none that can be trusted. */
    record Failed(String cause, boolean isCertificate) implements Outcome {}
  }

  /** Sends a request and reads the answer to its end. */
  Outcome whole(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofString(), body -> body);
  }

  /** Sends a request and reads no more than the head of the answer, which may be a stream. */
  Outcome head(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofInputStream(), WebProbe::closed);
  }

  /** Reads a body, or not. */
  @FunctionalInterface
  private interface Reader<T> {
    String read(T body) throws IOException;
  }

  private <T> Outcome send(HttpRequest request, BodyHandler<T> handler, Reader<T> reader) {
    CompletableFuture<HttpResponse<T>> exchange = client.sendAsync(request, handler);
    try {
      HttpResponse<T> response = exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new Outcome.Answered(response.statusCode(), reader.read(response.body()));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return new Outcome.Failed("no answer within " + PATIENCE.toSeconds() + " s", false);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted", false);
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      return failed(e);
    }
  }

  private static String closed(InputStream body) throws IOException {
    body.close();
    return "";
  }

  /** By its type: messages may quote what a server sent. */
  private static Outcome failed(Throwable cause) {
    return new Outcome.Failed(cause.getClass().getSimpleName(), cause instanceof SSLException);
  }
}
