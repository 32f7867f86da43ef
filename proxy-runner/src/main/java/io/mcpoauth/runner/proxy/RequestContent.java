package io.mcpoauth.runner.proxy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The client's request body on its way to the MCP server; says when all of it was read, or that it
 * cannot be.
 *
 * <p>When the MCP server breaks, nobody reads on, and that is all: the client's request is sound,
 * is still to be answered, and may just be read by another thread.
 */
final class RequestContent extends ContentSourceRequestContent {

  private final Runnable onProgress;
  private final Runnable onRead;
  private final AtomicBoolean read = new AtomicBoolean();
  private volatile boolean broken;
  private long left;
  private volatile Content.@Nullable Chunk givenUp;
  private @Nullable Runnable reader;

  /**
   * The body of that request.
   *
   * @param onProgress is told of each piece
   * @param onRead is told of the last
   */
  RequestContent(Request request, Runnable onProgress, Runnable onRead) {
    super(request, request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    this.onProgress = onProgress;
    this.onRead = onRead;
    this.left = request.getLength();
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk end = givenUp;
    if (end != null) {
      return end;
    }
    Content.Chunk chunk = super.read();
    if (chunk == null) {
      return null;
    }
    Content.Chunk marked = markedIfLast(chunk);
    look(marked);
    return marked;
  }

  /**
   * Jetty says only after the last byte that it was the last. An MCP server may have answered by
   * then, and the connection would be closed because of a body that seems to be on its way.
   */
  private Content.Chunk markedIfLast(Content.Chunk chunk) {
    left -= chunk.remaining();
    return left == 0 && !chunk.isLast() && chunk.hasRemaining()
        ? Content.Chunk.asChunk(chunk.getByteBuffer(), true, chunk)
        : chunk;
  }

  @Override
  public void demand(Runnable callback) {
    synchronized (this) {
      reader = callback;
    }
    if (givenUp == null) {
      super.demand(this::wakeReader);
    } else {
      wakeReader();
    }
  }

  @Override
  public void fail(Throwable failure, boolean last) {
    givenUp = Content.Chunk.from(failure, true);
    wakeReader();
  }

  /** Whether the client sent what cannot be read, or went away. */
  boolean isBroken() {
    return broken;
  }

  /** Whether the whole body has come. */
  boolean isRead() {
    return read.get();
  }

  /** Once for each demand. */
  private void wakeReader() {
    Runnable waiting;
    synchronized (this) {
      waiting = reader;
      reader = null;
    }
    if (waiting != null) {
      waiting.run();
    }
  }

  private void look(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      broken |= chunk.isLast();
      return;
    }
    onProgress.run();
    if (chunk.isLast() && read.compareAndSet(false, true)) {
      onRead.run();
    }
  }
}
