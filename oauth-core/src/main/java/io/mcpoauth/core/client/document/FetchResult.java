package io.mcpoauth.core.client.document;

import java.time.Duration;

/** What became of fetching a document. */
sealed interface FetchResult {

  /**
   * The host answered with JSON, or so it says.
   *
   * @param lifetime how long the document may be kept
   */
  record Fetched(String body, Duration lifetime) implements FetchResult {}

  /** There is no document. The reason is for the log alone (CM-19). */
  record Refused(Reason reason) implements FetchResult {}

  /** Why there is no document. */
  enum Reason {
    /** The name has no address. */
    NO_ADDRESS(Phase.REACHING),
    /** One of its addresses is not a host of the public Internet. */
    SPECIAL_USE_ADDRESS(Phase.REACHING),
    /** Nothing accepted a connection in time. */
    UNREACHABLE(Phase.REACHING),
    /** The host did not prove in time that it is the one of the URL. */
    NO_TRUSTED_TLS(Phase.REACHING),
    /** That address has had too many requests of ours lately. */
    ADDRESS_RATE(Phase.LIMITED),
    /** The whole answer took too long. */
    TOO_SLOW(Phase.ANSWERED),
    /** Not HTTP as we read it. */
    MALFORMED_RESPONSE(Phase.ANSWERED),
    /** A redirect, an error, or anything else that is not 200. */
    STATUS(Phase.ANSWERED),
    /** 404 or 410: the client withdrew its document. */
    GONE(Phase.WITHDRAWN),
    /** Not JSON by its own account. */
    CONTENT_TYPE(Phase.ANSWERED),
    /** Longer than a document may be. */
    TOO_LARGE(Phase.ANSWERED);

    private final Phase phase;

    Reason(Phase phase) {
      this.phase = phase;
    }

    Phase phase() {
      return phase;
    }
  }

  /** How far a refused fetch came. */
  enum Phase {
    /** Not even to a proven host: how long that took would tell what listens there. */
    REACHING,
    /** We did not try. */
    LIMITED,
    /** The host answered, with something that is no document. */
    ANSWERED,
    /** The host answered that there is no document. */
    WITHDRAWN
  }
}
