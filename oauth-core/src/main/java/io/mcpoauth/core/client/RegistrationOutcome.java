package io.mcpoauth.core.client;

import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.Secret;

/** The answer of the registration endpoint. */
public sealed interface RegistrationOutcome {

  /** Handles every case; a case that is added later does not compile until it is handled. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    R registered(Registered outcome);

    R refused(Refused outcome);
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

  /** Nothing was registered (RFC 7591 section 3.2.2). */
  record Refused(OAuthError error) implements RegistrationOutcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }
}
