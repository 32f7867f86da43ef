package io.mcpoauth.servlet.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client made of a bare socket: it sends what no library would, and sees bytes as they come. */
public final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream input;

  /** Connects to a loopback port. */
  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends text as it is. */
  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The same to a server that may have closed the connection. */
  public void sendIfTaken(String text) {
    try {
      send(text);
    } catch (IOException e) {
      // It has.
    }
  }

  /** Reads until the text has come; returns all that came. Fails when it does not come. */
  public String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int b = input.read();
      if (b < 0) {
        throw new AssertionError("closed after: " + read);
      }
      read.append((char) b);
    }
    return read.toString();
  }

  /**
   * Reads all that comes until the connection is closed, or reset: so a server closes it when it
   * has not read all that was sent.
   */
  public String readAll() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      for (int b = input.read(); b >= 0; b = input.read()) {
        read.write(b);
      }
    } catch (SocketException e) {
      // Closed as well.
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
