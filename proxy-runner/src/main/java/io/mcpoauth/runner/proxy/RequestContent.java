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
 */
final class RequestContent extends ContentSourceRequestContent {

  private final Runnable onProgress;
  private final Runnable onRead;
  private final AtomicBoolean read = new AtomicBoolean();
  private volatile boolean broken;

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
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      look(chunk);
    }
    return chunk;
  }

  /** Whether the client sent what cannot be read, or went away. */
  boolean isBroken() {
    return broken;
  }

  /** Whether the whole body has come. */
  boolean isRead() {
    return read.get();
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
