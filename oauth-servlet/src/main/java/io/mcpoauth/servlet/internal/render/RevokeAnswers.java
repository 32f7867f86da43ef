package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.revoke.RevokeOutcome.Done;
import io.mcpoauth.core.revoke.RevokeOutcome.Refused;
import io.mcpoauth.servlet.message.Answer;

/** Revocation responses (RFC 7009 section 2.2). */
public final class RevokeAnswers implements RevokeOutcome.Cases<Answer> {

  private final ClientErrors clientErrors;

  /** Answers refusals with these. */
  public RevokeAnswers(ClientErrors clientErrors) {
    this.clientErrors = clientErrors;
  }

  @Override
  public Answer done(Done outcome) {
    return Answer.empty(200).notStored();
  }

  @Override
  public Answer refused(Refused outcome) {
    return clientErrors.answer(outcome.error());
  }
}
