package io.mcpoauth.servlet.internal.render;

import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.HeaderField;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes answers to servlet responses. */
public final class AnswerWriter {

  private static final int DRAIN_LIMIT = 65_536;

  private AnswerWriter() {}

  /** Writes the answer; its body only when the request is not {@code HEAD}. */
  public static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getContentLengthLong() > DRAIN_LIMIT) {
      // What was not read cannot be skipped cheaply: the connection is not fit for another request.
      response.setHeader("Connection", "close");
    }
    response.setStatus(answer.status());
    for (HeaderField field : answer.headers()) {
      response.addHeader(field.name(), field.value());
    }
    byte[] body = answer.body();
    if (answer.status() != 304 && answer.status() != 204) {
      response.setContentLength(body.length);
    }
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}
