package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Parses a request, calls core once and renders the outcome. */
@FunctionalInterface
interface Endpoint {

  /**
   * The answer.
   *
   * @throws IOException when the request body cannot be read: the client is gone
   * @throws io.mcpoauth.core.spi.storage.StorageException in an outage of ours
   */
  Answer answer(HttpServletRequest request) throws IOException;
}
