package io.mcpoauth.servlet.proxy;

import io.mcpoauth.servlet.internal.forward.EventBoundary;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The MCP server's response on its way to the client: taken only as fast as the client reads, and
 * flushed with every piece, so that an event arrives when it is sent. The head goes out at once,
 * too.
 */
final class ResponseStream implements Flow.Subscriber<List<ByteBuffer>> {

  /** An event stream comment (HTML Living Standard, 9.2.6): clients skip it. */
  private static final byte[] COMMENT = {':', '\n', '\n'};

  private final AsyncContext context;
  private final HttpServletResponse response;
  private final ServletOutputStream output;
  private final Runnable onClientGone;
  private final Queue<ByteBuffer> pending = new ConcurrentLinkedQueue<>();
  private final SerialTask pump = new SerialTask(this::pass);
  private final EventBoundary boundary = new EventBoundary();
  private volatile Flow.@Nullable Subscription upstream;
  private volatile boolean writable;
  private volatile boolean begun;
  private volatile boolean eventStream;
  private volatile boolean upstreamDone;
  private volatile boolean broken;
  private volatile boolean cut;
  private volatile boolean owed;
  private volatile boolean probeDue;
  private boolean closed;
  private boolean unflushed = true;

  /**
   * A stream to this context's client. To be made on the thread that began the context.
   *
   * @param onClientGone is run when the client cannot be written to any more
   */
  ResponseStream(AsyncContext context, Runnable onClientGone) throws IOException {
    this.context = context;
    this.response = (HttpServletResponse) context.getResponse();
    this.output = response.getOutputStream();
    this.onClientGone = onClientGone;
  }

  /** Asks the container when the client can be written to. */
  void open() {
    output.setWriteListener(
        new WriteListener() {
          @Override
          public void onWritePossible() {
            writable = true;
            pump.start();
          }

          @Override
          public void onError(Throwable cause) {
            clientGone();
          }
        });
  }

  /** Sends the head of the MCP server's response; the body comes by {@link #onNext}. */
  void begin(int status, List<HeaderField> headers) {
    response.setStatus(status);
    for (HeaderField field : headers) {
      if (field.name().equalsIgnoreCase("Date")) {
        // Containers write one of their own, which must not stand beside it.
        response.setHeader(field.name(), field.value());
      } else {
        response.addHeader(field.name(), field.value());
      }
    }
    String type = response.getContentType();
    eventStream =
        type != null
            && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")
            && !response.containsHeader("Content-Encoding");
    begun = true;
    pump.start();
  }

  /**
   * Sends an answer of ours, unless a response has begun; then only breaking off tells the client.
   */
  void answerInstead(Answer answer) {
    if (begun) {
      cut();
      return;
    }
    pending.add(ByteBuffer.wrap(answer.body()));
    upstreamDone = true;
    begin(answer.status(), answer.headers());
  }

  /**
   * Writes a comment into a silent event stream: without a write no container notices that the
   * client has gone, which in MCP means that it has cancelled the request.
   */
  void probe() {
    probeDue = eventStream;
    pump.start();
  }

  /** Breaks the exchange off, so that the client sees that the response is not whole. */
  private void cut() {
    cut = true;
    abort();
  }

  /** Ends the exchange as it is. */
  void abort() {
    broken = true;
    pump.start();
  }

  /** Ends the exchange on both sides. */
  void clientGone() {
    onClientGone.run();
    abort();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    pending.addAll(buffers);
    owed = true;
    pump.start();
  }

  @Override
  public void onComplete() {
    upstreamDone = true;
    pump.start();
  }

  @Override
  public void onError(Throwable cause) {
    cut();
  }

  private void pass() {
    if (closed || !writable) {
      return;
    }
    try {
      while (!broken && begun && isWorkLeft() && output.isReady()) {
        passOne();
        if (closed) {
          return;
        }
      }
    } catch (IOException | RuntimeException e) {
      // RuntimeException: containers throw what they like at who writes to an exchange that is
      // over.
      onClientGone.run();
      broken = true;
    }
    if (broken) {
      close();
    }
  }

  private boolean isWorkLeft() {
    return !pending.isEmpty() || unflushed || upstreamDone || owed || isProbeDue();
  }

  private boolean isProbeDue() {
    return probeDue && boundary.isBetweenEvents();
  }

  /** Does one thing that needs the output to be ready, the most urgent first. */
  private void passOne() throws IOException {
    ByteBuffer next = pending.poll();
    if (next != null) {
      byte[] bytes = new byte[next.remaining()];
      next.get(bytes);
      boundary.see(ByteBuffer.wrap(bytes));
      write(bytes);
    } else if (unflushed) {
      unflushed = false;
      output.flush();
    } else if (upstreamDone) {
      close();
    } else if (isProbeDue()) {
      write(COMMENT);
    } else {
      owed = false;
      Flow.Subscription subscription = upstream;
      if (subscription != null) {
        subscription.request(1);
      }
    }
  }

  private void write(byte[] bytes) throws IOException {
    output.write(bytes);
    unflushed = true;
    probeDue = false;
  }

  private void close() {
    closed = true;
    try {
      if (cut) {
        BrokenResponse.end(context);
      } else {
        context.complete();
      }
    } catch (IllegalStateException e) {
      // The container has ended the exchange itself, because the client has gone.
      onClientGone.run();
    }
  }
}
