package io.mcpoauth.runner.jetty;

import io.mcpoauth.servlet.internal.parse.RequestBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A request whose body is on its way, and what is to be done with it then. */
final class ArrivingBody {

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Consumer<Request> next;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Scheduler.@Nullable Task deadline;

  /**
   * A request.
   *
   * @param next gets it when the body is there; must not wait
   */
  ArrivingBody(Request request, Response response, Callback callback, Consumer<Request> next) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.next = next;
  }

  /** Begins; no thread waits. */
  void await(Duration patience) {
    deadline =
        request
            .getComponents()
            .getScheduler()
            .schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    read();
  }

  private void read() {
    while (!over.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this::read);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        finish(() -> Response.writeError(request, response, callback, chunk.getFailure()));
        return;
      }
      take(chunk);
      if (chunk.isLast() || bytes.size() > RequestBody.MAX_BYTES) {
        finish(() -> next.accept(new Arrived(request, bytes.toByteArray())));
        return;
      }
    }
  }

  private void take(Content.Chunk chunk) {
    byte[] piece = BufferUtil.toArray(chunk.getByteBuffer());
    bytes.write(piece, 0, piece.length);
    chunk.release();
  }

  private void giveUp() {
    finish(
        () -> {
          response.getHeaders().put(HttpHeader.CONNECTION, "close");
          Response.writeError(request, response, callback, HttpStatus.REQUEST_TIMEOUT_408);
        });
  }

  private void finish(Runnable end) {
    if (over.compareAndSet(false, true)) {
      Scheduler.Task pending = deadline;
      if (pending != null) {
        pending.cancel();
      }
      end.run();
    }
  }

  /** The request with a body that is there. */
  private static final class Arrived extends Request.Wrapper {

    private final Content.Source body;

    Arrived(Request request, byte[] bytes) {
      super(request);
      this.body = new ByteBufferContentSource(ByteBuffer.wrap(bytes));
    }

    @Override
    public Content.Chunk read() {
      return body.read();
    }

    @Override
    public void demand(Runnable onAvailable) {
      body.demand(onAvailable);
    }

    @Override
    public void fail(Throwable failure) {
      body.fail(failure);
    }
  }
}
