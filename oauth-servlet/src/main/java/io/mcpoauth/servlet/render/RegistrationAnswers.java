package io.mcpoauth.servlet.render;

import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationOutcome.Refused;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.servlet.message.Answer;

/** Registration responses (RFC 7591 section 3.2). */
public final class RegistrationAnswers implements RegistrationOutcome.Cases<Answer> {

  private final ClientErrors clientErrors;

  /** Answers refusals with these. */
  public RegistrationAnswers(ClientErrors clientErrors) {
    this.clientErrors = clientErrors;
  }

  @Override
  public Answer registered(Registered outcome) {
    return Answer.json(201, outcome.document().expose()).notStored();
  }

  @Override
  public Answer refused(Refused outcome) {
    return clientErrors.answer(outcome.error(), false);
  }
}
