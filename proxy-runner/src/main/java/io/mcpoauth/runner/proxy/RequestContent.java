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

  private final Runnable onRead;
  private final AtomicBoolean read = new AtomicBoolean();
  private volatile boolean broken;

  RequestContent(Request request, Runnable onRead) {
    super(request, request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    this.onRead = onRead;
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = super.read();
    if (chunk != null && chunk.isLast()) {
      if (Content.Chunk.isFailure(chunk)) {
        broken = true;
      } else if (once()) {
        onRead.run();
      }
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

  private boolean once() {
    return read.compareAndSet(false, true);
  }
}
