package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenOutcome.Refused;
import io.mcpoauth.servlet.message.Answer;

/** Token responses (OAuth 2.1 sections 3.2.3 and 3.2.4). */
public final class TokenAnswers implements TokenOutcome.Cases<Answer> {

  private final ClientErrors clientErrors;

  /** Answers refusals with these. */
  public TokenAnswers(ClientErrors clientErrors) {
    this.clientErrors = clientErrors;
  }

  @Override
  public Answer issued(Issued outcome) {
    return Answer.json(200, outcome.document().expose()).notStored();
  }

  @Override
  public Answer refused(Refused outcome) {
    return clientErrors.answer(outcome.error());
  }
}
