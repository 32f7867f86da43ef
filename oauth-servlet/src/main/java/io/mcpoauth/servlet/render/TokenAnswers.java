package io.mcpoauth.servlet.render;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenOutcome.Refused;
import io.mcpoauth.servlet.message.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Token responses (OAuth 2.1 sections 3.2.3 and 3.2.4). */
public final class TokenAnswers implements TokenOutcome.Cases<Answer> {

  private final ClientErrors clientErrors;

  /** Answers refusals with these. */
  public TokenAnswers(ClientErrors clientErrors) {
    this.clientErrors = clientErrors;
  }

  @Override
  public Answer issued(Issued outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("access_token", outcome.accessToken().expose());
    members.put("token_type", "Bearer");
    members.put("expires_in", outcome.expiresIn().toSeconds());
    Secret refreshToken = outcome.refreshToken();
    if (refreshToken != null) {
      members.put("refresh_token", refreshToken.expose());
    }
    members.put("scope", outcome.scopes().toString());
    return Answer.json(200, Json.object(members)).notStored();
  }

  @Override
  public Answer refused(Refused outcome) {
    return clientErrors.answer(outcome.error(), outcome.triedBasic());
  }
}
