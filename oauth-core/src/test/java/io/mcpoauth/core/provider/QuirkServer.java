package io.mcpoauth.core.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpoauth.core.protocol.Parameters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server on loopback that answers as the test says, 404 to everything else, and remembers. */
public final class QuirkServer implements AutoCloseable {

  /** What the server was asked. */
  public record Request(
      String method, String path, @Nullable String authorization, String accept, String body) {}

  /** Answers one request. */
  @FunctionalInterface
  public interface Answer {
    /** Writes it. */
    void write(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** A server that answers 404 to everything. */
  public QuirkServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Its origin. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers requests to that path like this from now on. */
  public void on(String path, Answer answer) {
    answers.put(path, answer);
  }

  /** Answers requests to that path with that JSON from now on. */
  public void json(String path, String body) {
    on(path, reply(200, "application/json", body));
  }

  void forget(String path) {
    answers.remove(path);
  }

  /** An answer that is always the same. */
  public static Answer reply(int status, String contentType, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", contentType);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Answer redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** The form in a request that is being answered. */
  public static Parameters formOf(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    return Parameters.parse(new String(body, StandardCharsets.UTF_8)).orElseThrow();
  }

  /** The requests to that path, the oldest first. */
  public List<Request> requestsTo(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  List<String> paths() {
    return requests.stream().map(Request::path).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.setStreams(new ByteArrayInputStream(body), null);
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              path,
              exchange.getRequestHeaders().getFirst("Authorization"),
              String.valueOf(exchange.getRequestHeaders().getFirst("Accept")),
              new String(body, StandardCharsets.UTF_8)));
      answers.getOrDefault(path, reply(404, "text/html", "<p>not found")).write(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
