package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.benchmarks.machine.ChildProcess;
import io.mcpoauth.benchmarks.machine.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An MCP server that does nothing but stream: every connection gets an event each second, with the
 * time of its sending, and the events of all are spread over the second. One thread, so that it
 * takes little of the machine from what is measured.
 */
public final class EventServer implements AutoCloseable {

  private static final long PERIOD_NANOS = 1_000_000_000;
  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/event-stream\r
      Cache-Control: no-store\r
      Transfer-Encoding: chunked\r
      \r
      """;

  private final int port = Ports.free();
  private final ChildProcess process;

  /** The server in a process of its own. */
  public EventServer(WorkFolder folder, Jvm jvm) {
    List<String> command = new ArrayList<>(jvm.command());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EventServer.class.getName()));
    command.add(Integer.toString(port));
    process = ChildProcess.start(folder.file("events.log"), Map.of(), command).awaitPort(port);
  }

  /** This server, to be measured without anything before it. */
  public Target target() {
    return new Target("direct", port, process.pid());
  }

  @Override
  public void close() {
    process.close();
  }

  /** Listens on that port. */
  public static void main(String... port) throws IOException {
    new Loop(Integer.parseInt(port[0])).run();
  }

  /** The one thread's work. */
  private static final class Loop {

    private final Selector selector = Selector.open();
    private final List<SocketChannel> streams = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16_384);
    private int next;
    private long due = System.nanoTime();

    Loop(int port) throws IOException {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4_096);
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    void run() throws IOException {
      while (true) {
        selector.select(this::handle, 1);
        sendDueEvents();
      }
    }

    private void handle(SelectionKey key) {
      try {
        if (key.channel() instanceof ServerSocketChannel listener) {
          SocketChannel accepted = listener.accept();
          accepted.configureBlocking(false);
          accepted.register(selector, SelectionKey.OP_READ);
        } else if (key.channel() instanceof SocketChannel stream) {
          read(stream);
        }
      } catch (IOException e) {
        close(key);
      }
    }

    /** A request for a stream is small and has no body: what can be read is all of it. */
    private void read(SocketChannel stream) throws IOException {
      buffer.clear();
      if (stream.read(buffer) < 0) {
        streams.remove(stream);
        stream.close();
      } else if (!streams.contains(stream)) {
        send(stream, HEAD);
        streams.add(stream);
      }
    }

    private void sendDueEvents() {
      if (streams.isEmpty()) {
        due = System.nanoTime();
        return;
      }
      while (due - System.nanoTime() <= 0) {
        next = (next + 1) % streams.size();
        String event = "data: @" + System.nanoTime() + ";\n\n";
        SocketChannel stream = streams.get(next);
        try {
          send(stream, Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
        } catch (IOException e) {
          streams.remove(stream);
          return;
        }
        due += PERIOD_NANOS / streams.size();
      }
    }

    private void send(SocketChannel stream, String text) throws IOException {
      buffer.clear();
      buffer.put(text.getBytes(StandardCharsets.US_ASCII)).flip();
      if (stream.write(buffer) < text.length()) {
        throw new IOException("the reader is too slow");
      }
    }

    private static void close(SelectionKey key) {
      try {
        key.channel().close();
      } catch (IOException e) {
        key.cancel();
      }
    }
  }
}
