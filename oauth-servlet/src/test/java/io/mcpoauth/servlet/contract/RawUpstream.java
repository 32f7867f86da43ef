package io.mcpoauth.servlet.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An MCP server made of a bare socket: a test sees and sends every byte. */
public final class RawUpstream implements AutoCloseable {

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** Listens on a free loopback port. */
  public RawUpstream() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Where it listens. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** The next request; fails when none comes within ten seconds. */
  public Call next() throws InterruptedException {
    Call call = calls.poll(10, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no request reached the upstream");
    }
    return call;
  }

  /** Whether requests have come in that nobody has looked at. */
  public boolean hasMore() {
    return !calls.isEmpty();
  }

  /** How many connections were ever made. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket) {
    try {
      InputStream input = new BufferedInputStream(socket.getInputStream());
      List<String> head = readHead(input);
      if (!head.isEmpty()) {
        calls.add(new Call(socket, input, head));
      }
    } catch (IOException e) {
      // The proxy closed an idle connection.
    }
  }

  private static List<String> readHead(InputStream input) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = readLine(input); line != null && !line.isEmpty(); line = readLine(input)) {
      lines.add(line);
    }
    return lines;
  }

  private static @Nullable String readLine(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = input.read(); b != '\n'; b = input.read()) {
      if (b < 0) {
        return null;
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** A request that has come in, with its connection. */
  public static final class Call {

    private final Socket socket;
    private final InputStream input;
    private final List<String> head;

    private Call(Socket socket, InputStream input, List<String> head) {
      this.socket = socket;
      this.input = input;
      this.head = head;
    }

    /** The request line. */
    public String requestLine() {
      return head.get(0);
    }

    /** All values of a field, in order. */
    public List<String> values(String name) {
      return head.stream()
          .skip(1)
          .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .toList();
    }

    /** The names of all fields. */
    public List<String> names() {
      return head.stream().skip(1).map(line -> line.substring(0, line.indexOf(':'))).toList();
    }

    /** Reads the body, whichever way it is framed. */
    public byte[] body() throws IOException {
      List<String> length = values("Content-Length");
      if (!length.isEmpty()) {
        return input.readNBytes(Integer.parseInt(length.get(0)));
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (!values("Transfer-Encoding").isEmpty()) {
        for (String size = readLine(input);
            size != null && !size.equals("0");
            size = readLine(input)) {
          body.write(input.readNBytes(Integer.parseInt(size, 16)));
          readLine(input);
        }
        readLine(input);
      }
      return body.toByteArray();
    }

    /** Sends text as it is. */
    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes as they are. */
    public void send(byte[] bytes) throws IOException {
      OutputStream output = socket.getOutputStream();
      output.write(bytes);
      output.flush();
    }

    /** Answers with a body and closes. */
    public void answer(String status, String fields, byte[] body) throws IOException {
      send("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n");
      send("Connection: close\r\n" + fields + "\r\n");
      send(body);
      socket.close();
    }

    /** Sends one chunk of a chunked body. */
    public void chunk(String text) throws IOException {
      send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /** Sends chunks as fast as the proxy takes them, 256 MB or until it hangs up, and counts. */
    public void flood(String text, AtomicLong sent) {
      try {
        while (sent.get() < 256L * 1024 * 1024) {
          chunk(text);
          sent.addAndGet(text.length());
        }
      } catch (IOException e) {
        // The client went without reading.
      }
    }

    /**
     * Waits until the proxy closes the connection.
     *
     * @return what still came, as it came
     */
    public String awaitClosed(int millis) throws IOException {
      socket.setSoTimeout(millis);
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      try {
        for (int b = input.read(); b >= 0; b = input.read()) {
          rest.write(b);
        }
      } catch (SocketException e) {
        // Reset: closed as well.
      }
      return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the proxy keeps the connection open, and silent, for that long. */
    public boolean isSilentFor(int millis) throws IOException {
      socket.setSoTimeout(millis);
      try {
        int unexpected = input.read();
        throw new AssertionError("the proxy sent " + unexpected);
      } catch (SocketTimeoutException e) {
        return true;
      }
    }

    /** Closes the connection. */
    public void close() throws IOException {
      socket.close();
    }
  }
}
