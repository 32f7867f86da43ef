package io.mcpoauth.runner.demo;

import java.util.Map;

/** An OAuth error answer: {@code error} and {@code error_description} (RFC 6749, section 5.2). */
record OAuthRefusal(String error, String description) {
  Map<String, Object> body() {
    return Map.of("error", error, "error_description", description);
  }
}
