package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessDecision.InsufficientScope;
import io.mcpoauth.core.access.AccessDecision.TooManyRequests;
import io.mcpoauth.core.access.AccessDecision.Unauthenticated;
import io.mcpoauth.core.access.AccessDecision.Unavailable;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.servlet.message.Answer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to a request that may not pass; empty when it may (RFC 6750 section 3). */
public final class AccessAnswers implements AccessDecision.Cases<Optional<Answer>> {

  private final ErrorAnswers errors;

  /** Answers outages with these. */
  public AccessAnswers(ErrorAnswers errors) {
    this.errors = errors;
  }

  @Override
  public Optional<Answer> granted(Granted decision) {
    return Optional.empty();
  }

  @Override
  public Optional<Answer> unauthenticated(Unauthenticated decision) {
    return Optional.of(challenge(401, decision.challenge(), decision.error()));
  }

  @Override
  public Optional<Answer> insufficientScope(InsufficientScope decision) {
    return Optional.of(challenge(403, decision.challenge(), decision.error()));
  }

  @Override
  public Optional<Answer> unavailable(Unavailable decision) {
    return Optional.of(errors.busy());
  }

  @Override
  public Optional<Answer> tooManyRequests(TooManyRequests decision) {
    return Optional.of(errors.tooManyRequests(decision.retryAfter()));
  }

  /** Says nothing about a token when none was sent (RFC 6750 section 3.1). */
  private static Answer challenge(int status, String challenge, @Nullable OAuthError error) {
    String body =
        error == null
            ? Json.object(Map.of("message", "A bearer token is needed."))
            : error.document();
    return Answer.json(status, body).with("WWW-Authenticate", challenge).notStored();
  }
}
