package io.mcpoauth.core.revoke;

import io.mcpoauth.core.protocol.OAuthError;

/** The answer of the revocation endpoint. */
public sealed interface RevokeOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link Done}. */
    R done(Done outcome);

    /** What to make of {@link Refused}. */
    R refused(Refused outcome);
  }

  /** The token, if it was the client's, is dead, durably (RFC 7009 section 2.2). */
  record Done() implements RevokeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /** Nothing was revoked. */
  record Refused(OAuthError error) implements RevokeOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }
}
