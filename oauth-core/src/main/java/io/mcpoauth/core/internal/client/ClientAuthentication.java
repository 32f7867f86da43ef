package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.OAuthError;

/** Whether a client is who it says it is. */
public sealed interface ClientAuthentication {

  /** It is: a public client by its id alone, a confidential one by its credentials. */
  record Authenticated(Client client) implements ClientAuthentication {}

  /**
   * It is not, or the request is malformed; or, with {@code temporarily_unavailable}, nobody can
   * tell right now.
   */
  record Failed(OAuthError error) implements ClientAuthentication {}
}
