package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.model.Client;

/** What became of looking a client up. */
public sealed interface ClientLookup {

  /** There is such a client. */
  record Found(Client client) implements ClientLookup {}

  /** There is none, as far as we can tell. */
  record NotFound(Reason reason) implements ClientLookup {}

  /** Why there is no client. */
  enum Reason {
    /** Nobody registered it, and it is no URL whose document we would read. */
    UNKNOWN,
    /**
     * Its metadata document could not be read or is not valid. Which of the two, and why, stands in
     * the log alone: whoever asks could be probing hosts through us (CM-19).
     */
    UNREADABLE,
    /** Too many documents are being read already; the same request may work in some seconds. */
    BUSY
  }
}
