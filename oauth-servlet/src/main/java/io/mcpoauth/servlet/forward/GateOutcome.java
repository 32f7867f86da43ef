package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.servlet.internal.forward.ReturnedHeaders;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import java.net.URI;
import java.util.List;

/** What is to become of a request. */
public sealed interface GateOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link NotOurs}. */
    R notOurs();

    /** What to make of {@link Reply}. */
    R reply(Answer answer);

    /** What to make of {@link Forward}. */
    R forward(Forward outcome);
  }

  /** No MCP server is at this path: somebody else's request. */
  record NotOurs() implements GateOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notOurs();
    }
  }

  /** Answer this, without reading the body and without contact to the MCP server. */
  record Reply(Answer answer) implements GateOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reply(answer);
    }
  }

  /**
   * Send this on.
   *
   * @param target where to
   * @param headers all fields to send except those of framing and {@code Host}
   * @param returned what clients may see of the response
   * @param access what lets the request pass
   */
  record Forward(URI target, List<HeaderField> headers, ReturnPolicy returned, Access access)
      implements GateOutcome {

    /**
     * Has an event stream ended when the access ends, since it could go on for hours (RV-09). Other
     * responses come to their end by themselves.
     *
     * @param response the fields of the response
     * @param end ends it; called at most once, on any thread
     * @return to be closed at the end of the response
     */
    public AccessWatch watch(List<HeaderField> response, Runnable end) {
      return ReturnedHeaders.isEventStream(response) ? access.watch(end) : () -> {};
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.forward(this);
    }
  }

  /** What lets a request pass. */
  interface Access {

    /** Calls back when it has ended. */
    AccessWatch watch(Runnable onEnd);

    /** To be called when the exchange is over, however it ended; may be called again. */
    void leave();
  }

  /** What clients see of a response. */
  interface ReturnPolicy {

    /** The fields to answer with for this status and these fields of the MCP server. */
    List<HeaderField> toClient(int status, List<HeaderField> upstream);

    /** The answer when the MCP server cannot be reached or breaks off before it answers; 502. */
    Answer unreachable();

    /** The answer when the MCP server does not answer in time; 504. */
    Answer timedOut();

    /** The answer when the client's request breaks off or cannot be read to its end; 400. */
    Answer unreadable();
  }
}
