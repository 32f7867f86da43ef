package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationOutcome.Current;
import io.mcpoauth.core.client.RegistrationOutcome.Deleted;
import io.mcpoauth.core.client.RegistrationOutcome.NotOffered;
import io.mcpoauth.core.client.RegistrationOutcome.Refused;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationOutcome.Unauthorized;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.servlet.message.Answer;
import java.util.Map;

/** Registration responses (RFC 7591 section 3.2, RFC 7592 section 2). */
public final class RegistrationAnswers implements RegistrationOutcome.Cases<Answer> {

  private static final OAuthError BAD_TOKEN =
      new OAuthError(ErrorCode.INVALID_TOKEN, "The token is not good for this registration.");
  private static final OAuthError NOT_FOUND =
      new OAuthError(ErrorCode.INVALID_REQUEST, "There is nothing at this address.");

  private final ClientErrors clientErrors;
  private final ErrorAnswers errors;

  /** Answers refusals with these. */
  public RegistrationAnswers(ClientErrors clientErrors, ErrorAnswers errors) {
    this.clientErrors = clientErrors;
    this.errors = errors;
  }

  @Override
  public Answer registered(Registered outcome) {
    return Answer.json(201, outcome.document().expose()).notStored();
  }

  @Override
  public Answer current(Current outcome) {
    return Answer.json(200, outcome.document().expose()).notStored();
  }

  @Override
  public Answer deleted(Deleted outcome) {
    return Answer.empty(204).notStored();
  }

  @Override
  public Answer refused(Refused outcome) {
    return clientErrors.answer(outcome.error());
  }

  /** Says nothing about a token when none was sent (RFC 6750 section 3.1). */
  @Override
  public Answer unauthorized(Unauthorized outcome) {
    if (outcome.tokenWasSent()) {
      return errors
          .refusal(401, BAD_TOKEN)
          .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    return Answer.json(401, Json.object(Map.of("message", "A bearer token is needed.")))
        .with("WWW-Authenticate", "Bearer")
        .notStored();
  }

  @Override
  public Answer notOffered(NotOffered outcome) {
    return errors.refusal(404, NOT_FOUND);
  }
}
