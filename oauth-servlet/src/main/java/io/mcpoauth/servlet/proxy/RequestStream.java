package io.mcpoauth.servlet.proxy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The client's request body on its way to the MCP server: read only as fast as it is taken, and
 * without a thread that waits.
 */
final class RequestStream implements Flow.Publisher<ByteBuffer>, Flow.Subscription, ReadListener {

  private static final int BUFFER_SIZE = 16_384;

  private final ServletInputStream input;
  private final AtomicLong demand = new AtomicLong();
  private final SerialTask pump = new SerialTask(this::pass);
  private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
  private volatile @Nullable Throwable failure;
  private volatile boolean atEnd;
  private volatile boolean broken;
  private volatile long lastRead = System.nanoTime();
  private boolean done;

  RequestStream(ServletInputStream input) {
    this.input = input;
  }

  /** Whether the client sent what cannot be read, or went away. */
  boolean isBroken() {
    return broken;
  }

  /** When something of it was read last, by {@link System#nanoTime}. */
  long lastRead() {
    return lastRead;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    reader.onSubscribe(this);
    subscriber = reader;
    pump.start();
  }

  @Override
  public void request(long count) {
    demand.accumulateAndGet(count, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    pump.start();
  }

  @Override
  public void cancel() {
    failure = new IOException("nobody reads the request body any more");
  }

  @Override
  public void onDataAvailable() {
    pump.start();
  }

  @Override
  public void onAllDataRead() {
    atEnd = true;
    pump.start();
  }

  @Override
  public void onError(Throwable cause) {
    breakOff(cause);
    pump.start();
  }

  private void pass() {
    Flow.Subscriber<? super ByteBuffer> reader = subscriber;
    if (reader == null || done) {
      return;
    }
    try {
      while (failure == null && !atEnd && demand.get() > 0 && input.isReady()) {
        passOne(reader);
      }
    } catch (IOException e) {
      breakOff(e);
    }
    Throwable cause = failure;
    if (cause != null) {
      done = true;
      reader.onError(cause);
    } else if (atEnd) {
      done = true;
      reader.onComplete();
    }
  }

  private void breakOff(Throwable cause) {
    broken = true;
    failure = cause;
  }

  private void passOne(Flow.Subscriber<? super ByteBuffer> reader) throws IOException {
    byte[] buffer = new byte[BUFFER_SIZE];
    int count = input.read(buffer);
    lastRead = System.nanoTime();
    if (count > 0) {
      demand.decrementAndGet();
      reader.onNext(ByteBuffer.wrap(Arrays.copyOf(buffer, count)));
    }
    if (count < 0 || input.isFinished()) {
      atEnd = true;
    }
  }
}
