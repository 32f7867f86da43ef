package io.mcpoauth.runner.proxy;

import io.mcpoauth.servlet.forward.GateOutcome.Forward;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * How the answer to a request begins: as the MCP server says, or as we say in its place.
 *
 * @param body what the client sends; null when that is nothing
 * @param limit is stopped when the answer begins
 */
record ResponseHead(Forward forward, @Nullable RequestContent body, AnswerLimit limit) {

  /** Puts the MCP server's into a response; returns the fields that clients see. */
  List<HeaderField> begin(org.eclipse.jetty.client.Response received, Response response) {
    limit.stop();
    response.setStatus(received.getStatus());
    List<HeaderField> returned = forward.returned().toClient(Fields.of(received.getHeaders()));
    Fields.put(returned, response);
    if (body != null && !body.isRead()) {
      // The rest of the body stays unread, so that the connection cannot serve another request.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    return returned;
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
