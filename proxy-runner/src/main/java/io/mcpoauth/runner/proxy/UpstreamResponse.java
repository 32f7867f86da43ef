package io.mcpoauth.runner.proxy;

import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.servlet.forward.GateOutcome.Forward;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Response.CompleteListener;
import org.eclipse.jetty.client.Response.ContentSourceListener;
import org.eclipse.jetty.client.Response.HeadersListener;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * The MCP server's response on its way to the client, one piece at a time: the next is read when
 * the client's connection has taken the last. When nothing of the body has come yet, the head goes
 * out alone, so that a client knows at once that its stream is open.
 */
final class UpstreamResponse extends IteratingCallback
    implements HeadersListener, ContentSourceListener, CompleteListener {

  private final Forward forward;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private volatile org.eclipse.jetty.client.@Nullable Response upstream;
  private volatile Content.@Nullable Source source;
  private volatile AccessWatch watch = () -> {};
  private volatile boolean ended;
  private Content.@Nullable Chunk chunk;
  private boolean committed;
  private boolean last;

  UpstreamResponse(Forward forward, Request request, Response response, Callback callback) {
    this.forward = forward;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  @Override
  public void onHeaders(org.eclipse.jetty.client.Response received) {
    List<HeaderField> fields = new ArrayList<>(received.getHeaders().size());
    for (HttpField field : received.getHeaders()) {
      String value = field.getValue();
      fields.add(new HeaderField(field.getName(), value == null ? "" : value));
    }
    response.setStatus(received.getStatus());
    List<HeaderField> returned = forward.returned().toClient(fields);
    for (HeaderField field : returned) {
      if (field.name().equalsIgnoreCase("Date")) {
        // Jetty writes one of its own, which must not stand beside it.
        response.getHeaders().put(field.name(), field.value());
      } else {
        response.getHeaders().add(field.name(), field.value());
      }
    }
    watch = forward.watch(returned, this::end);
  }

  /** Ends the response regularly, before the MCP server does. */
  private void end() {
    ended = true;
    if (source != null) {
      iterate();
    }
  }

  @Override
  public void onContentSource(
      org.eclipse.jetty.client.Response received, Content.Source contentSource) {
    upstream = received;
    source = contentSource;
    iterate();
  }

  @Override
  public void onComplete(Result result) {
    if (source != null) {
      return;
    }
    watch.close();
    if (result.isSucceeded()) {
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    } else {
      response.reset();
      McpProxyHandler.write(
          result.getFailure() instanceof TimeoutException
              ? forward.returned().timedOut()
              : forward.returned().unreachable(),
          request,
          response,
          callback);
    }
  }

  @Override
  protected Action process() throws Throwable {
    Content.Source from = source;
    if (last || from == null) {
      return Action.SUCCEEDED;
    }
    if (ended) {
      last = true;
      abortUpstream(new EofException("the access has ended"));
      response.write(true, BufferUtil.EMPTY_BUFFER, this);
      return Action.SCHEDULED;
    }
    Content.Chunk next = from.read();
    if (next == null) {
      if (!committed) {
        committed = true;
        response.write(false, BufferUtil.EMPTY_BUFFER, this);
        return Action.SCHEDULED;
      }
      from.demand(this::iterate);
      return Action.IDLE;
    }
    if (Content.Chunk.isFailure(next)) {
      throw next.getFailure();
    }
    committed = true;
    chunk = next;
    last = next.isLast();
    response.write(last, next.getByteBuffer(), this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onSuccess() {
    release();
  }

  @Override
  protected void onCompleteSuccess() {
    watch.close();
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    watch.close();
    release();
    abortUpstream(cause);
    callback.failed(cause);
  }

  private void abortUpstream(Throwable cause) {
    org.eclipse.jetty.client.Response received = upstream;
    if (received != null) {
      var unused = received.abort(cause);
    }
  }

  private void release() {
    Content.Chunk written = chunk;
    chunk = null;
    if (written != null) {
      written.release();
    }
  }
}
