package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.internal.client.ClientLookup;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;

/** The pages for clients that are not there. */
final class ClientPages {

  private ClientPages() {}

  /** One text for each reason, whatever is behind it, since anybody can ask (CM-19). */
  static ErrorPage notFound(ClientLookup.Reason reason) {
    return switch (reason) {
      case UNKNOWN ->
          badRequest(
              "this client is not registered here; remove and add the connection again in your"
                  + " app");
      case UNREADABLE ->
          badRequest(
              "the metadata document of this app could not be read or is not valid; its host may"
                  + " refuse requests from servers like this one; try again later, and tell the"
                  + " maker of the app if it does not help");
      case BUSY ->
          new ErrorPage(
              ErrorPage.Kind.UNAVAILABLE,
              new OAuthError(
                  ErrorCode.TEMPORARILY_UNAVAILABLE,
                  "too many apps are being looked up right now; try again in some seconds"));
    };
  }

  private static ErrorPage badRequest(String description) {
    return new ErrorPage(
        ErrorPage.Kind.BAD_REQUEST, new OAuthError(ErrorCode.INVALID_REQUEST, description));
  }
}
