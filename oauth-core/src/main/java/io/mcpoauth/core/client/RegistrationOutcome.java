package io.mcpoauth.core.client;

import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.Secret;

/** The answer of the registration endpoint and of the client configuration endpoint. */
public sealed interface RegistrationOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    /** What to make of {@link Registered}. */
    R registered(Registered outcome);

    /** What to make of {@link Current}. */
    R current(Current outcome);

    /** What to make of {@link Deleted}. */
    R deleted(Deleted outcome);

    /** What to make of {@link Refused}. */
    R refused(Refused outcome);

    /** What to make of {@link Unauthorized}. */
    R unauthorized(Unauthorized outcome);

    /** What to make of {@link NotOffered}. */
    R notOffered(NotOffered outcome);
  }

  /**
   * The client exists (RFC 7591 section 3.2.1).
   *
   * @param document the client information response as JSON; it may hold the client's secret
   */
  record Registered(Secret document) implements RegistrationOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.registered(this);
    }
  }

  /**
   * The registration as it is now (RFC 7592 section 3).
   *
   * @param document the client information response as JSON; it holds a registration access token
   */
  record Current(Secret document) implements RegistrationOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.current(this);
    }
  }

  /** The client is gone, with all of its grants (RFC 7592 section 2.3). */
  record Deleted() implements RegistrationOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deleted(this);
    }
  }

  /** Nothing was changed: the metadata is not acceptable (RFC 7591 section 3.2.2). */
  record Refused(OAuthError error) implements RegistrationOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /**
   * Nothing was changed: the initial or registration access token is missing or not good.
   *
   * @param tokenWasSent whether to say that it is not good (RFC 6750 section 3.1)
   */
  record Unauthorized(boolean tokenWasSent) implements RegistrationOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unauthorized(this);
    }
  }

  /** The operator offers no such endpoint. */
  record NotOffered() implements RegistrationOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notOffered(this);
    }
  }
}
