package io.mcpoauth.core.provider;

import io.mcpoauth.core.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a provider, guarded against what a broken or hostile one may answer (UP-17): at most
 * 1 MiB, within the deadline from the first to the last byte, no redirect followed. Every failure
 * is a value.
 */
final class GuardedHttp {

  private static final int MAX_BODY_BYTES = 1 << 20;

  private final HttpClient client;

  /**
   * @throws IllegalArgumentException when the client follows redirects, which could carry a secret
   *     to another host
   */
  GuardedHttp(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("needs an HTTP client that follows no redirects");
    }
    this.client = client;
  }

  /** Gets a public document. */
  Fetched<HttpReply> get(URI uri, Deadline deadline) {
    return send(request(uri).GET().build(), deadline);
  }

  /** Gets what the access token opens (RFC 6750 section 2.1). */
  Fetched<HttpReply> get(URI uri, Secret accessToken, Deadline deadline) {
    String authorization = "Bearer " + accessToken.expose();
    return send(request(uri).header("Authorization", authorization).GET().build(), deadline);
  }

  /** Posts a form; the value of the Authorization header may be absent. */
  Fetched<HttpReply> post(
      URI uri, FormData form, @Nullable Secret authorization, Deadline deadline) {
    HttpRequest.Builder request =
        request(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.body()));
    if (authorization != null) {
      request.header("Authorization", authorization.expose());
    }
    return send(request.build(), deadline);
  }

  /** HTTP/1.1, because an offer of h2c in each request confuses some servers. */
  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .version(HttpClient.Version.HTTP_1_1)
        .header("Accept", "application/json");
  }

  private Fetched<HttpReply> send(HttpRequest request, Deadline deadline) {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, headers -> new LimitedBody(MAX_BODY_BYTES));
    try {
      HttpResponse<String> response = exchange.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      return new Fetched.Got<>(
          new HttpReply(response.statusCode(), response.headers(), response.body()));
    } catch (TimeoutException e) {
      return missed(exchange, request, "no complete answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return missed(exchange, request, "interrupted");
    } catch (ExecutionException e) {
      return missed(exchange, request, reasonOf(e));
    }
  }

  private static Fetched<HttpReply> missed(
      CompletableFuture<?> exchange, HttpRequest request, String cause) {
    exchange.cancel(true);
    return new Fetched.Missed<>(nameOf(request.uri()) + ": " + cause);
  }

  /** Names the failure by its type: messages may quote what the server sent. */
  private static String reasonOf(ExecutionException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LimitedBody.TooLargeException) {
        return "more than " + MAX_BODY_BYTES + " bytes";
      }
    }
    Throwable reason = failure.getCause() == null ? failure : failure.getCause();
    return reason.getClass().getSimpleName();
  }

  /** The URI as it may stand in a log: without the query. */
  static String nameOf(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }
}
