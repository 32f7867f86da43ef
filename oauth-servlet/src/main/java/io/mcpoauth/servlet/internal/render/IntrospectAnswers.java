package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.access.IntrospectOutcome;
import io.mcpoauth.core.access.IntrospectOutcome.Answered;
import io.mcpoauth.core.access.IntrospectOutcome.Refused;
import io.mcpoauth.servlet.message.Answer;

/** Introspection responses (RFC 7662 section 2.2). */
public final class IntrospectAnswers implements IntrospectOutcome.Cases<Answer> {

  private final ClientErrors clientErrors;

  /** Answers refusals with these. */
  public IntrospectAnswers(ClientErrors clientErrors) {
    this.clientErrors = clientErrors;
  }

  @Override
  public Answer answered(Answered outcome) {
    return Answer.json(200, outcome.document()).notStored();
  }

  @Override
  public Answer refused(Refused outcome) {
    return clientErrors.answer(outcome.error());
  }
}
