package io.mcpoauth.core.access;

/** Somebody who wants to hear of the end of an access; closed, they hear of nothing any more. */
public interface AccessWatch extends AutoCloseable {

  /** Ends the watch; a second call does nothing. */
  @Override
  void close();
}
