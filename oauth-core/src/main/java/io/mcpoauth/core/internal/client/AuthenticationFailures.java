package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.internal.client.ClientAuthentication.Failed;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;

/** Why clients are not authenticated, told alike by all methods. */
final class AuthenticationFailures {

  private AuthenticationFailures() {}

  /** One answer for unknown clients and bad credentials (CA-07). */
  static Failed failed() {
    return new Failed(
        new OAuthError(
            ErrorCode.INVALID_CLIENT,
            "the client is unknown here or did not authenticate as it registered"));
  }

  /**
   * Our trouble or its host's, not the client's: {@code invalid_client} would make it throw its
   * tokens away.
   */
  static Failed unavailable() {
    return new Failed(
        new OAuthError(
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            "the client metadata document cannot be read right now"));
  }

  /** Of this client, whoever sends them. */
  static Failed tooMany() {
    return new Failed(
        new OAuthError(
            ErrorCode.TOO_MANY_REQUESTS, "the client sends too many requests; try again later"));
  }

  static Failed malformed(String description) {
    return new Failed(new OAuthError(ErrorCode.INVALID_REQUEST, description));
  }

  static Failed twoMethods() {
    return malformed("use one way of client authentication, not two");
  }
}
