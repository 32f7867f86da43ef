package io.mcpoauth.benchmarks.load;

import io.mcpoauth.benchmarks.rig.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Clients that hold a stream each and note how old events are when they come. One thread reads them
 * all. Both sides use the same clock: on Linux {@link System#nanoTime} is one for all processes.
 */
public final class StreamReaders implements AutoCloseable {

  private static final int BATCH = 100;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
  private Latencies latencies = new Latencies();

  /** Opens that many streams, in batches, with one token after the other. */
  public StreamReaders(Target target, int streams, List<String> tokens) {
    try {
      selector = Selector.open();
      for (int i = 0; i < streams; i++) {
        open(target, tokens.get(i % tokens.size()));
        if (i % BATCH == BATCH - 1) {
          readFor(100);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(Target target, String token) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
    String request =
        """
        GET /mcp HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Accept: text/event-stream\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(target.port(), token);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Parser());
  }

  /**
   * Reads for that long and gives back how old the events were.
   *
   * @throws IllegalStateException when a stream ends, since none should
   */
  public Latencies readFor(int millis) {
    latencies = new Latencies();
    long end = System.nanoTime() + millis * 1_000_000L;
    try {
      while (System.nanoTime() < end) {
        selector.select(this::read, 10);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return latencies;
  }

  private void read(SelectionKey key) {
    try {
      buffer.clear();
      if (((SocketChannel) key.channel()).read(buffer) < 0) {
        throw new IllegalStateException("a stream has ended");
      }
      long now = System.nanoTime();
      buffer.flip();
      Parser parser = (Parser) key.attachment();
      while (buffer.hasRemaining()) {
        parser.take(buffer.get(), now);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds the times in a stream, however it is cut into pieces: {@code @digits;}. */
  private final class Parser {

    private long time;
    private boolean inTime;

    void take(byte next, long now) {
      if (next == '@') {
        time = 0;
        inTime = true;
      } else if (inTime && next == ';') {
        latencies.add(now - time);
        inTime = false;
      } else if (inTime) {
        time = 10 * time + (next - '0');
      }
    }
  }
}
