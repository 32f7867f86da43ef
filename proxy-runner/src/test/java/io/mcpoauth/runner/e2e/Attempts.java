package io.mcpoauth.runner.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Requests that a server should refuse, and what it said to them. */
final class Attempts {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final URI proxy;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<HttpResponse<String>> answers = new CopyOnWriteArrayList<>();

  Attempts(URI proxy) {
    this.proxy = proxy;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(HttpRequest.newBuilder(proxy.resolve(path)), headers);
  }

  HttpResponse<String> form(String path, String body, String... headers) throws Exception {
    return send(
        HttpRequest.newBuilder(proxy.resolve(path))
            .header("Content-Type", FORM)
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  HttpResponse<String> json(String path, String body, String... headers) throws Exception {
    return send(
        HttpRequest.newBuilder(proxy.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  /** The credentials of HTTP Basic. */
  static String basic(String id, String secret) {
    return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
  }

  /** All answers so far. */
  List<HttpResponse<String>> answers() {
    return answers;
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
      throws Exception {
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    answers.add(answer);
    return answer;
  }
}
