package io.mcpoauth.core.provider;

import java.util.Locale;

/** A provider's whole answer. It may hold tokens: a class, so that nothing prints it. */
final class HttpReply {

  private final int status;
  private final String contentType;
  private final String body;

  /**
   * @param contentType as it came, "" when there is none
   */
  HttpReply(int status, String contentType, String body) {
    this.status = status;
    this.contentType = contentType.toLowerCase(Locale.ROOT);
    this.body = body;
  }

  int status() {
    return status;
  }

  String body() {
    return body;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Nothing has ever been here. */
  boolean isAbsent() {
    return status == 404 || status == 410;
  }

  /** The server is out of order or busy; the same request may work later. */
  boolean isTrouble() {
    return status >= 500 || status == 429 || status == 408;
  }

  /** Whether the content type is, or begins with, that lower-case media type. */
  boolean hasContentType(String mediaType) {
    return contentType.startsWith(mediaType);
  }
}
