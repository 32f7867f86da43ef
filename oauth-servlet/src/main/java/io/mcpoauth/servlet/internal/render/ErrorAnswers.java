package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.message.Answer;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refusals and failures as JSON (RFC 6749 section 5.2). */
public final class ErrorAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
  private static final int MAX_RETRY_SECONDS = 5;
  private static final String ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int ID_LENGTH = 8;

  private static final OAuthError TOO_MANY =
      new OAuthError(
          ErrorCode.TOO_MANY_REQUESTS, "Too many requests; try again after Retry-After.");

  private final SecretSource random;

  /** Draws error ids and the jitter of {@code Retry-After} from this source. */
  public ErrorAnswers(SecretSource random) {
    this.random = random;
  }

  /** The refusal as it stands. */
  public Answer refusal(int status, OAuthError error) {
    return Answer.json(status, error.document()).notStored();
  }

  /**
   * An outage of ours: 503, never an error that would make clients drop what they hold. The time to
   * come back is drawn, so that they do not all come back at once.
   */
  public Answer busy() {
    return Answer.json(503, Json.object(Map.of("error", wire(ErrorCode.TEMPORARILY_UNAVAILABLE))))
        .with("Retry-After", retryAfter())
        .notStored();
  }

  /**
   * Too many requests (RFC 6585 section 4).
   *
   * @param wait until the next may pass; some time is added, so that not all come back at once
   */
  public Answer tooManyRequests(Duration wait) {
    return refusal(429, TOO_MANY).with("Retry-After", retryAfter(wait));
  }

  /** A bug of ours, which was {@linkplain #report reported} under this id. */
  public Answer serverError(String errorId) {
    return refusal(
        500, new OAuthError(ErrorCode.SERVER_ERROR, "Something went wrong here. Id: " + errorId));
  }

  /**
   * Logs a failure with its stack trace under a fresh id, the only thing that the caller is told.
   */
  public String report(Throwable failure) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (byte b : random.bytes(ID_LENGTH)) {
      id.append(ID_ALPHABET.charAt(b & 31));
    }
    LOG.error("A request failed (error id {})", id, failure);
    return id.toString();
  }

  /** Logs an outage that a caller was told of as such. */
  public void reportOutage(Throwable outage) {
    LOG.warn("Answered 503: {}", outage.getMessage());
    LOG.debug("The outage in full", outage);
  }

  /** Seconds from 1 to 5. */
  public String retryAfter() {
    return retryAfter(Duration.ZERO);
  }

  /** The seconds of the time, and 1 to 5 more. */
  public String retryAfter(Duration wait) {
    return Long.toString(wait.toSeconds() + 1 + (random.bytes(1)[0] & 0xff) % MAX_RETRY_SECONDS);
  }

  private static String wire(ErrorCode code) {
    return code.wireName();
  }
}
