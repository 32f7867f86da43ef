package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.servlet.message.Answer;
import java.time.Duration;

/** Refusals at the endpoints that clients call themselves (OAuth 2.1 section 3.2.4). */
public final class ClientErrors {

  private final ErrorAnswers errors;

  /** Answers outages with these. */
  public ClientErrors(ErrorAnswers errors) {
    this.errors = errors;
  }

  /** The refusal with the status that its code has; a 401 with a challenge (RFC 9110 15.5.2). */
  public Answer answer(OAuthError error) {
    if (error.code() == ErrorCode.TEMPORARILY_UNAVAILABLE) {
      return errors.busy();
    }
    if (error.code() == ErrorCode.TOO_MANY_REQUESTS) {
      return errors.tooManyRequests(Duration.ZERO);
    }
    if (error.code() == ErrorCode.INVALID_CLIENT) {
      return errors.refusal(401, error).with("WWW-Authenticate", "Basic realm=\"token\"");
    }
    return errors.refusal(error.code() == ErrorCode.SERVER_ERROR ? 500 : 400, error);
  }
}
