package io.mcpoauth.runner.demo;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The people who can sign in at the development sign-in, always under the same {@code sub}. */
enum DemoUser {
  ADA("demo-ada", "Ada Lovelace", "ada@demo.example"),
  ALAN("demo-alan", "Alan Turing", "alan@demo.example");

  private final String subject;
  private final String displayName;
  private final String email;

  DemoUser(String subject, String displayName, String email) {
    this.subject = subject;
    this.displayName = displayName;
    this.email = email;
  }

  static Optional<DemoUser> of(String subject) {
    return Arrays.stream(values()).filter(user -> user.subject.equals(subject)).findFirst();
  }

  String subject() {
    return subject;
  }

  String displayName() {
    return displayName;
  }

  String email() {
    return email;
  }

  /** The standard claims (OpenID Connect Core 1.0, section 5.1). */
  Map<String, Object> claims() {
    return Map.of("sub", subject, "name", displayName, "email", email, "email_verified", true);
  }
}
