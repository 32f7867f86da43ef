package io.mcpoauth.servlet.endpoint;

import java.util.Set;

/**
 * An endpoint and who may call it how.
 *
 * @param methods in the order of the {@code Allow} field
 */
record Route(Audience audience, Set<String> methods, Cost cost, Endpoint endpoint) {

  /** What a request costs us, which says how it is counted. */
  enum Cost {
    /** A document that is at hand; never counted. */
    NOTHING,
    /** Work, and a look into storage. */
    REQUEST,
    /** Something that is kept. */
    REGISTRATION
  }

  /**
   * Who calls an endpoint; it decides the form of errors and whether web pages may read answers.
   */
  enum Audience {
    /** People; pages, and no CORS at all (OAuth 2.1 section 3.1, AZ-38). */
    BROWSER,
    /** Programs, some of them in web pages; JSON and CORS without credentials (WB-01). */
    CLIENT,
    /** Those who watch over the server, and resource servers; JSON. */
    OPERATOR
  }

  String allow() {
    return String.join(", ", methods.stream().sorted().toList());
  }
}
