package io.mcpoauth.runner.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.flow.HttpCalls;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;

/** Requests to one instance. */
final class Wire {

  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";

  private final Instance instance;
  private final HttpCalls http = new HttpCalls();

  Wire(Instance instance) {
    this.instance = instance;
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder(instance.uri(path)).GET(), headers);
  }

  HttpResponse<String> authorize(Query query, String... headers) {
    return get("/authorize?" + query.encoded(), headers);
  }

  HttpResponse<String> token(Query form, String... headers) {
    return post("/token", FORM, form.encoded(), headers);
  }

  HttpResponse<String> revoke(Query form, String... headers) {
    return post("/revoke", FORM, form.encoded(), headers);
  }

  HttpResponse<String> register(String json, String... headers) {
    return post("/register", JSON, json, headers);
  }

  /** A call of the MCP server with that token. */
  HttpResponse<String> mcp(String accessToken) {
    return post("/mcp", JSON, "{}", "Authorization", "Bearer " + accessToken);
  }

  /** The same once the instance knows what changed lately; until then it answers 503. */
  HttpResponse<String> judged(String accessToken) {
    return requireNonNull(
        await()
            .atMost(Duration.ofSeconds(5))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> mcp(accessToken), response -> response.statusCode() != 503));
  }

  HttpResponse<String> post(String path, String contentType, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(instance.uri(path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)),
        headers);
  }

  HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    return http.send(headers.length == 0 ? request : request.headers(headers));
  }

  /** The bytes that come back for bytes that no HTTP library would send. */
  String raw(String request) {
    try (RawClient client = new RawClient(instance.port())) {
      client.send(request);
      return client.readAll();
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** The answer to {@code GET} of that request target, byte for byte. */
  String rawGet(String target) {
    return raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  /** The JSON of a response that has to have that status. */
  static JsonNode json(HttpResponse<String> response, int status) {
    return HttpCalls.json(response, status);
  }

  static JsonNode json(String text) {
    return HttpCalls.json(text);
  }
}
