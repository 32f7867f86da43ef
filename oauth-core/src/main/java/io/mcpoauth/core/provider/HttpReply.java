package io.mcpoauth.core.provider;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A provider's whole answer. It may hold tokens: a class, so that nothing prints it. */
final class HttpReply {

  private final int status;
  private final HttpHeaders headers;
  private final String body;

  HttpReply(int status, HttpHeaders headers, String body) {
    this.status = status;
    this.headers = headers;
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
    return headers
        .firstValue("Content-Type")
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .startsWith(mediaType);
  }

  /** Where it redirects to; null when it does not say. It may hold a code. */
  @Nullable String location() {
    return headers.firstValue("Location").orElse(null);
  }

  /** The server's time (RFC 9110 section 6.6.1); null when it does not say. */
  @Nullable Instant date() {
    try {
      return headers
          .firstValue("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .orElse(null);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
