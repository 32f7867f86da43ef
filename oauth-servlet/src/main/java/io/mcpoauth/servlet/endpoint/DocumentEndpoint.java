package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.servlet.internal.render.DocumentAnswers;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;

/** A public document: metadata (RFC 8414, RFC 9728) or keys (RFC 7517). */
record DocumentEndpoint(Supplier<String> json) implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) {
    return DocumentAnswers.document(json.get(), request.getHeader("If-None-Match"));
  }
}
