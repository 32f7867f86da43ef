package io.mcpoauth.servlet.internal.page;

import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.servlet.message.Answer;

/** Pages that say what happened and what to do about it. They never repeat what was sent to us. */
public final class ErrorView {

  private static final String MAIN =
      """
      <h1>%s</h1>
      <p>%s</p>
      <p class="small">%s</p>
      """;

  private static final String RETURN_LINK =
      """
      <a class="button" rel="noreferrer" href="%s">Go back to the application</a></p>
      <p class="small">\
      """;

  private ErrorView() {}

  /** The request cannot be answered as it is. */
  public static Answer badRequest(int status, OAuthError error) {
    return page(
        status,
        "This sign-in cannot go on",
        "Close this page, go back to the application and connect again. If that does not help, "
            + "remove the connection there and add it anew.",
        details(error));
  }

  /**
   * The request cannot be answered as it is; a link leads back to the application with the error.
   */
  public static Answer offerReturn(OAuthError error, String location) {
    return page(
        400,
        "This sign-in cannot go on",
        "The application asked for something that is not offered here.",
        RETURN_LINK.formatted(Html.escape(location)) + details(error));
  }

  /** The request belongs to another browser, or another site sent it. */
  public static Answer forbidden(OAuthError error) {
    return page(
        403,
        "This sign-in belongs to another browser",
        "For your safety it was stopped. If you started it yourself, go back to the application "
            + "and connect again, and stay in one browser.",
        details(error));
  }

  /** We, or those we depend on, are out of order. */
  public static Answer unavailable() {
    return page(
        503,
        "Sign-in is not available right now",
        "This is not your fault, and nothing is lost. Wait a few seconds, then load this page "
            + "again or go back to the application and connect again.",
        "Details for support: <code>temporarily_unavailable</code>");
  }

  /** Too many requests from one place. */
  public static Answer tooManyRequests() {
    return page(
        429,
        "Too much at once",
        "Very many requests came from your network within a short time. Wait a minute, then load "
            + "this page again or go back to the application and connect again.",
        "Details for support: <code>too_many_requests</code>");
  }

  /** A bug of ours, which was reported under this id. */
  public static Answer serverError(String errorId) {
    return page(
        500,
        "Something went wrong here",
        "It is our mistake. Go back to the application and connect again. If it happens again, "
            + "tell the people who run this server the id below.",
        "Error id: <code>" + Html.escape(errorId) + "</code>");
  }

  private static String details(OAuthError error) {
    return "Details for the developer of the application: <code>"
        + Html.escape(error.code().wireName())
        + "</code>. "
        + Html.escape(error.description());
  }

  private static Answer page(int status, String title, String advice, String details) {
    return Page.answer(status, title, MAIN.formatted(title, advice, details));
  }
}
