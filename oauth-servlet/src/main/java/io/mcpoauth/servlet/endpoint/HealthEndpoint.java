package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;

/** Whether this instance can do its work; says no more than that to strangers. */
record HealthEndpoint(BooleanSupplier healthy) implements Endpoint {

  @Override
  public Answer answer(HttpServletRequest request) {
    return (healthy.getAsBoolean()
            ? Answer.json(200, "{\"status\":\"up\"}")
            : Answer.json(503, "{\"status\":\"down\"}"))
        .notStored();
  }
}
