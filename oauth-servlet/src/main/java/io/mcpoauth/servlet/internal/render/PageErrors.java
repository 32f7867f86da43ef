package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.servlet.internal.page.ErrorView;
import io.mcpoauth.servlet.message.Answer;
import java.time.Duration;

/**
 * Errors that stay on our own origin: nobody is redirected anywhere.
 *
 * @param wantsJson whether the caller would rather have JSON than a page
 */
public record PageErrors(ErrorAnswers errors, boolean wantsJson) {

  /** The request cannot be answered as it is. */
  public Answer badRequest(int status, OAuthError error) {
    return wantsJson ? inert(errors.refusal(status, error)) : ErrorView.badRequest(status, error);
  }

  /**
   * The request cannot be answered as it is; the application can be told so by following a link.
   */
  public Answer offerReturn(OAuthError error, String location) {
    return wantsJson ? inert(errors.refusal(400, error)) : ErrorView.offerReturn(error, location);
  }

  /** The request belongs to another browser, or another site sent it. */
  public Answer forbidden(OAuthError error) {
    return wantsJson ? inert(errors.refusal(403, error)) : ErrorView.forbidden(error);
  }

  /** We, or those we depend on, are out of order. */
  public Answer busy() {
    return wantsJson
        ? inert(errors.busy())
        : ErrorView.unavailable().with("Retry-After", errors.retryAfter());
  }

  /** Too many requests from there; the next may pass after that time. */
  public Answer tooManyRequests(Duration wait) {
    return wantsJson
        ? errors.tooManyRequests(wait)
        : ErrorView.tooManyRequests().with("Retry-After", errors.retryAfter(wait));
  }

  /** A bug of ours, which was reported under this id. */
  public Answer serverError(String errorId) {
    return wantsJson ? inert(errors.serverError(errorId)) : ErrorView.serverError(errorId);
  }

  /** A browser that shows the JSON, as it would a page, is bound by the same rules (AZ-01). */
  private static Answer inert(Answer json) {
    return json.with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .with("Referrer-Policy", "no-referrer");
  }
}
