package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.servlet.message.HeaderField;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether an event stream stands between two events (HTML Living Standard, 9.2.6). Not safe
 * for use by several threads.
 */
public final class EventBoundary {

  private boolean lineEmpty = true;
  private boolean between = true;
  private boolean afterCarriageReturn;

  /** At the beginning of a stream. */
  public EventBoundary() {}

  /** That of a response with these fields; empty when it is no event stream, or packed. */
  public static Optional<EventBoundary> of(List<HeaderField> response) {
    return isEventStream(response)
            && response.stream().noneMatch(f -> f.name().equalsIgnoreCase("Content-Encoding"))
        ? Optional.of(new EventBoundary())
        : Optional.empty();
  }

  /** Whether a response with these fields is an event stream, packed or not. */
  public static boolean isEventStream(List<HeaderField> response) {
    return ReturnedHeaders.isEventStream(response);
  }

  /** Notes bytes that are sent, and leaves them as they are. */
  public void see(ByteBuffer bytes) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      see(bytes.get(i));
    }
  }

  /** Whether a comment may be put in here. */
  public boolean isBetweenEvents() {
    return between;
  }

  private void see(byte b) {
    if (b == '\n' && afterCarriageReturn) {
      afterCarriageReturn = false;
      return;
    }
    afterCarriageReturn = b == '\r';
    if (b == '\n' || b == '\r') {
      between = lineEmpty;
      lineEmpty = true;
    } else {
      between = false;
      lineEmpty = false;
    }
  }
}
