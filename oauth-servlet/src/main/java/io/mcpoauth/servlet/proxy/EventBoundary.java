package io.mcpoauth.servlet.proxy;

/** Tells whether an event stream stands between two events (HTML Living Standard, 9.2.6). */
final class EventBoundary {

  private boolean lineEmpty = true;
  private boolean between = true;
  private boolean afterCarriageReturn;

  /** Notes bytes that are sent. */
  void see(byte[] bytes) {
    for (byte b : bytes) {
      see(b);
    }
  }

  /** Whether a comment may be put in here. */
  boolean isBetweenEvents() {
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
