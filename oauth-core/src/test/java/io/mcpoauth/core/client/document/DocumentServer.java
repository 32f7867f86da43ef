package io.mcpoauth.core.client.document;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A server on loopback that serves client metadata documents, or misbehaves in any way that a test
 * can write down in bytes.
 */
public final class DocumentServer implements AutoCloseable {

  private final ServerSocket listener;
  private final boolean listens;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "document-server");
            thread.setDaemon(true);
            return thread;
          });
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Handler handler = (head, out) -> {};

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Writes the whole response; the connection is closed afterwards.
     *
     * @param head request line and header lines
     */
    void answer(String head, OutputStream out) throws IOException, InterruptedException;
  }

  private DocumentServer(ServerSocket listener, boolean listens) {
    this.listener = listener;
    this.listens = listens;
    threads.execute(this::accept);
  }

  /** Speaks TLS. */
  public static DocumentServer https(SSLContext context) {
    try {
      return new DocumentServer(
          context
              .getServerSocketFactory()
              .createServerSocket(0, 2_000, InetAddress.getLoopbackAddress()),
          true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Speaks no TLS, and answers without listening. */
  public static DocumentServer plain() {
    try {
      return new DocumentServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port on loopback. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Answers all requests from now on. */
  public DocumentServer answer(Handler handler) {
    this.handler = handler;
    return this;
  }

  /** Answers with that document. */
  public DocumentServer answerJson(String json, String... headerLines) {
    return answer((head, out) -> out.write(bytes(response("application/json", json, headerLines))));
  }

  /** Answers with these bytes, given in Latin-1. */
  public DocumentServer answerRaw(String response) {
    return answer((head, out) -> out.write(response.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** The heads of all requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.size();
  }

  /** For handlers that never answer. */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** For handlers that answer slowly. */
  public void awaitClose(Duration atMost) throws InterruptedException {
    if (closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException();
    }
  }

  /** A well-formed 200 response. */
  public static String response(String contentType, String body, String... headerLines) {
    String lines = headerLines.length == 0 ? "" : String.join("\r\n", headerLines) + "\r\n";
    return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(contentType, bytes(body).length, lines, body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException | RejectedExecutionException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String head = listens ? readHead(connection) : "";
      requests.add(head);
      OutputStream out = connection.getOutputStream();
      handler.answer(head, out);
      out.flush();
    } catch (IOException | InterruptedException e) {
      // The client went away, which is what many tests want.
    }
  }

  private static String readHead(Socket connection) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder head = new StringBuilder();
    for (String line = reader.readLine();
        line != null && !line.isEmpty();
        line = reader.readLine()) {
      head.append(line).append("\n");
    }
    return head.toString();
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
