package io.mcpoauth.runner.demo;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The claims of a token that was found genuine. */
record TokenClaims(String id, Instant expiry, Map<String, Object> values) {
  Optional<String> text(String name) {
    return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  boolean has(String name, String value) {
    return value.equals(values.get(name));
  }
}
