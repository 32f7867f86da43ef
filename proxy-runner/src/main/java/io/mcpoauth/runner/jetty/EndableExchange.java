package io.mcpoauth.runner.jetty;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A response that can be ended from outside between two writes, so that the client sees the regular
 * end of the message and not a broken connection.
 */
final class EndableExchange extends Response.Wrapper {

  private final Callback completion;
  private final Consumer<EndableExchange> onStream;
  private final Consumer<EndableExchange> onCompleted;

  private boolean begun;
  private boolean writing;
  private boolean lastWritten;
  private boolean ended;

  /**
   * An exchange that is under way.
   *
   * @param onStream told when the response begins and is an event stream
   * @param onCompleted told when the exchange is over
   */
  EndableExchange(
      Request request,
      Response response,
      Callback completion,
      Consumer<EndableExchange> onStream,
      Consumer<EndableExchange> onCompleted) {
    super(request, response);
    this.completion = completion;
    this.onStream = onStream;
    this.onCompleted = onCompleted;
  }

  /** What the handler completes; without effect once the exchange was ended from outside. */
  Callback callback() {
    return Callback.from(() -> complete(null), this::complete);
  }

  /** Ends the response after the write that is under way. */
  void end() {
    synchronized (this) {
      if (ended || lastWritten) {
        return;
      }
      ended = true;
      if (writing) {
        return;
      }
    }
    writeEnd();
  }

  @Override
  public void write(boolean last, ByteBuffer bytes, Callback callback) {
    boolean refused;
    boolean streamBegins;
    synchronized (this) {
      refused = ended;
      streamBegins = !begun && !refused && isEventStream();
      begun = true;
      writing = !refused;
      lastWritten |= last && !refused;
    }
    if (refused) {
      callback.failed(new EofException("the server is stopping"));
      return;
    }
    if (streamBegins) {
      onStream.accept(this);
    }
    super.write(last, bytes, new AfterWrite(callback));
  }

  /** Whether the response has to be ended now that a write is over. */
  private synchronized boolean endsAfterWrite() {
    writing = false;
    return ended && !lastWritten;
  }

  /** Fails the exchange after its regular end, so that the connection is closed, not used again. */
  private void writeEnd() {
    super.write(
        true,
        BufferUtil.EMPTY_BUFFER,
        Callback.from(() -> finish(new EofException("the server is stopping")), this::finish));
  }

  private void complete(@Nullable Throwable failure) {
    synchronized (this) {
      if (ended) {
        return;
      }
      lastWritten = true;
    }
    finish(failure);
  }

  private void finish(@Nullable Throwable failure) {
    onCompleted.accept(this);
    if (failure == null) {
      completion.succeeded();
    } else {
      completion.failed(failure);
    }
  }

  /** Looks to the end before the handler hears of its write, since it may write again at once. */
  private final class AfterWrite extends Callback.Nested {
    AfterWrite(Callback callback) {
      super(callback);
    }

    @Override
    public void succeeded() {
      if (endsAfterWrite()) {
        writeEnd();
      }
      super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      if (endsAfterWrite()) {
        finish(failure);
      }
      super.failed(failure);
    }
  }

  private boolean isEventStream() {
    String type = getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }
}
