package io.mcpoauth.runner.proxy;

import io.mcpoauth.servlet.forward.GateOutcome.Forward;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * How the answer to a request begins: as the MCP server says, or as we say in its place.
 *
 * @param body what the client sends; null when that is nothing
 * @param limit is stopped when the answer begins
 */
record ResponseHead(Forward forward, @Nullable RequestContent body, AnswerLimit limit) {

  private static final HttpField CHUNKED =
      new PreEncodedHttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());

  /** Puts the MCP server's into a response; returns the fields that clients see. */
  List<HeaderField> begin(org.eclipse.jetty.client.Response received, Response response) {
    limit.stop();
    response.setStatus(received.getStatus());
    List<HeaderField> returned =
        forward.returned().toClient(received.getStatus(), Fields.of(received.getHeaders()));
    Fields.put(returned, response);
    chunk(response);
    if (body != null && !body.isRead()) {
      // The rest of the body stays unread, so that the connection cannot serve another request.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    return returned;
  }

  /**
   * Has a body of unknown length sent in chunks, even if it is the last on its connection: else one
   * that breaks off would look whole to the client (RFC 9112 section 8).
   */
  private static void chunk(Response response) {
    boolean hasBody =
        response.getStatus() != HttpStatus.NO_CONTENT_204
            && response.getStatus() != HttpStatus.NOT_MODIFIED_304
            && !HttpMethod.HEAD.is(response.getRequest().getMethod());
    if (hasBody && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
      response.getHeaders().put(CHUNKED);
    }
  }

  /** What to say when the MCP server said nothing. */
  Answer instead(Throwable failure) {
    if (body != null && body.isBroken()) {
      return forward.returned().unreadable();
    }
    return failure instanceof TimeoutException
        ? forward.returned().timedOut()
        : forward.returned().unreachable();
  }
}
