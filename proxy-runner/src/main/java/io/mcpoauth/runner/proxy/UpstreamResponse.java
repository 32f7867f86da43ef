package io.mcpoauth.runner.proxy;

import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.servlet.internal.forward.EventBoundary;
import io.mcpoauth.servlet.message.HeaderField;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.client.Response.CompleteListener;
import org.eclipse.jetty.client.Response.ContentSourceListener;
import org.eclipse.jetty.client.Response.HeadersListener;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * The MCP server's response on its way to the client, one piece at a time: the next is read when
 * the client's connection has taken the last. The head of an event stream does not wait for the
 * first of them, so that a client knows at once that it is open; any other does, since a body that
 * is broken from its beginning on can still be answered in place of the MCP server (RS-22).
 */
final class UpstreamResponse extends IteratingCallback
    implements HeadersListener, ContentSourceListener, CompleteListener {

  private final ResponseHead head;
  private final Duration heartbeats;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private volatile org.eclipse.jetty.client.@Nullable Response upstream;
  private volatile Content.@Nullable Source source;
  private volatile AccessWatch watch = () -> {};
  private volatile @Nullable Heartbeat heartbeat;
  private volatile boolean eventStream;
  private volatile boolean ended;
  private volatile boolean demanded;
  private Content.@Nullable Chunk chunk;
  private boolean committed;
  private boolean last;

  /**
   * A response to that client.
   *
   * @param heartbeats after how long a silence event streams get a comment; zero for never
   */
  UpstreamResponse(
      ResponseHead head,
      Duration heartbeats,
      Request request,
      Response response,
      Callback callback) {
    this.head = head;
    this.heartbeats = heartbeats;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  @Override
  public void onHeaders(org.eclipse.jetty.client.Response received) {
    if (received.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101) {
      // Nobody asked for another protocol: what follows must not reach the client (RS-19).
      var unused = received.abort(new IOException("the MCP server switches protocols"));
      return;
    }
    List<HeaderField> returned = head.begin(received, response);
    watch = head.forward().watch(returned, this::end);
    eventStream = EventBoundary.isEventStream(returned);
    if (!heartbeats.isZero()) {
      EventBoundary.of(returned)
          .ifPresent(
              boundary ->
                  heartbeat =
                      new Heartbeat(
                          boundary,
                          request.getComponents().getScheduler(),
                          heartbeats,
                          this::goOn));
    }
  }

  /** Ends the response regularly, before the MCP server does. */
  private void end() {
    ended = true;
    goOn();
  }

  /** Looks again at what is to be done, once there is anything. */
  private void goOn() {
    if (source != null) {
      iterate();
    }
  }

  /** The MCP server has sent something, which was asked for. */
  private void available() {
    demanded = false;
    iterate();
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
    head.limit().stop();
    if (source != null) {
      return;
    }
    endWatches();
    if (result.isSucceeded()) {
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    } else {
      answerInstead(result.getFailure());
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
    Heartbeat beats = heartbeat;
    if (beats != null && beats.isDue()) {
      committed = true;
      response.write(false, beats.beat(), this);
      return Action.SCHEDULED;
    }
    if (demanded) {
      return Action.IDLE;
    }
    Content.Chunk next = from.read();
    if (next == null) {
      return waitFor(from);
    }
    if (Content.Chunk.isFailure(next)) {
      throw next.getFailure();
    }
    committed = true;
    chunk = next;
    last = next.isLast();
    if (beats != null) {
      beats.see(next.getByteBuffer());
    }
    response.write(last, next.getByteBuffer(), this);
    return Action.SCHEDULED;
  }

  private Action waitFor(Content.Source from) {
    if (eventStream && !committed) {
      committed = true;
      response.write(false, BufferUtil.EMPTY_BUFFER, this);
      return Action.SCHEDULED;
    }
    demanded = true;
    from.demand(this::available);
    return Action.IDLE;
  }

  /**
   * To HTTP/1.0, which has no chunks, the end of the connection is the end of the answer, unless it
   * is reset.
   */
  private void showThatItIsCut() {
    ConnectionMetaData client = request.getConnectionMetaData();
    if (response.isCommitted()
        && client.getHttpVersion() == HttpVersion.HTTP_1_0
        && client.getConnection().getEndPoint().getTransport() instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        // The client has closed it.
      }
    }
  }

  @Override
  protected void onSuccess() {
    release();
  }

  @Override
  protected void onCompleteSuccess() {
    endWatches();
    callback.succeeded();
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    showThatItIsCut();
    endWatches();
    release();
    abortUpstream(cause);
    if (response.isCommitted()) {
      callback.failed(cause);
    } else {
      // The head has come and is good, but what follows it is not.
      answerInstead(cause);
    }
  }

  private void answerInstead(Throwable cause) {
    response.reset();
    McpProxyHandler.write(head.instead(cause), request, response, callback);
  }

  private void endWatches() {
    watch.close();
    Heartbeat beats = heartbeat;
    if (beats != null) {
      beats.stop();
    }
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
