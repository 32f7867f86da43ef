package io.mcpoauth.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client's kept-alive HTTP/1.1 connection that does as little as possible, so that the time that
 * is measured is the server's.
 */
public final class HttpConnection implements AutoCloseable {

  private final Socket socket;
  private final InputStream input;

  /** A connection to that port of the loopback address. */
  public HttpConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      input = new BufferedInputStream(socket.getInputStream(), 16_384);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A response. */
  public record Response(int status, String body) {}

  /** Sends a request and waits for its whole response. */
  public Response exchange(byte[] request) {
    try {
      socket.getOutputStream().write(request);
      int status = Integer.parseInt(line().split(" ", -1)[1]);
      int length = -1;
      for (String field = line(); !field.isEmpty(); field = line()) {
        if (field.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(field.substring(field.indexOf(':') + 1).strip());
        }
      }
      return new Response(status, length < 0 ? chunks() : text(length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a form's POST. */
  public static byte[] form(String path, int port, String form) {
    return """
    POST %s HTTP/1.1\r
    Host: 127.0.0.1:%d\r
    Content-Type: application/x-www-form-urlencoded\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(path, port, form.length(), form)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int length = Integer.parseInt(line(), 16);
      body.append(text(length));
      String end = line();
      if (length == 0) {
        return body.append(end).toString();
      }
    }
  }

  private String text(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the response is cut off");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
