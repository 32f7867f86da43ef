package io.mcpoauth.core.access;

import io.mcpoauth.core.protocol.OAuthError;

/** The answer of the introspection endpoint. */
public sealed interface IntrospectOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link Answered}. */
    R answered(Answered outcome);

    /** What to make of {@link Refused}. */
    R refused(Refused outcome);
  }

  /**
   * What the resource server may know of the token.
   *
   * @param document the introspection response as JSON (RFC 7662 section 2.2)
   */
  record Answered(String document) implements IntrospectOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.answered(this);
    }
  }

  /**
   * The caller is no resource server that we know, the request is malformed, or, with {@code
   * temporarily_unavailable}, nobody can tell right now.
   */
  record Refused(OAuthError error) implements IntrospectOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }
}
