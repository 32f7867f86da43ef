package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.internal.client.BasicCredentials;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stops whoever tries one secret after the other, without a look at what they try; the client that
 * they try to be goes on elsewhere (OAuth 2.1 section 2.4.1, CA-09).
 */
final class ClientFailures {

  private static final int NOT_AUTHENTICATED = 401;

  private final AddressLimits limits;
  private final RequestCounter counter;
  private final ErrorAnswers errors;

  ClientFailures(AddressLimits limits, RequestCounter counter, ErrorAnswers errors) {
    this.limits = limits;
    this.counter = counter;
    this.errors = errors;
  }

  /**
   * The endpoint's answer to the credentials, unless there were too many failures.
   *
   * @param endpoint gets the {@code Authorization} field; null when there is none
   */
  Answer guard(
      HttpServletRequest request, Parameters form, Function<@Nullable Secret, Answer> endpoint) {
    Secret authorization = RequestHeaders.authorization(request);
    String clientId = clientId(form, authorization);
    String source = counter.clientOf(request);
    Optional<Duration> wait = limits.tooManyFailures(source, clientId);
    if (wait.isPresent()) {
      return errors.tooManyRequests(wait.get());
    }
    Answer answer = endpoint.apply(authorization);
    if (answer.status() == NOT_AUTHENTICATED) {
      limits.countFailure(source, clientId);
    }
    return answer;
  }

  /** Whom the caller says it is; empty where only an assertion tells. */
  private static String clientId(Parameters form, @Nullable Secret authorization) {
    if (authorization != null && BasicCredentials.isBasic(authorization.expose())) {
      return BasicCredentials.parse(authorization.expose())
          .map(BasicCredentials::clientId)
          .orElse("");
    }
    String clientId = form.get("client_id");
    return clientId == null ? "" : clientId;
  }
}
