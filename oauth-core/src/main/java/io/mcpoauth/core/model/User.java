package io.mcpoauth.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Who signed in, as the provider vouched for it.
 *
 * @param id stable and never recycled: what MCP servers key their data by
 * @param provider the id of the provider that vouched
 * @param email verified by the provider, or null; one that no mail system could have counts as null
 * @param name for display only, or null; a long one is cut
 */
public record User(String id, String provider, @Nullable String email, @Nullable String name) {

  /** The longest e-mail address (RFC 5321 section 4.5.3.1.3). */
  public static final int MAX_EMAIL = 254;

  /** The longest name, in characters. */
  public static final int MAX_NAME = 200;

  private static final int MAX_ID = 320;

  /**
   * Bounded, since all of it goes into every access token and into header fields.
   *
   * @throws IllegalArgumentException when the id is empty or too long: no token without a stable
   *     subject
   */
  public User {
    if (id.isBlank() || id.length() > MAX_ID) {
      throw new IllegalArgumentException("a user needs a stable id");
    }
    email = email != null && email.length() > MAX_EMAIL ? null : email;
    name = name != null && name.codePointCount(0, name.length()) > MAX_NAME ? cut(name) : name;
  }

  private static String cut(String name) {
    return name.substring(0, name.offsetByCodePoints(0, MAX_NAME));
  }
}
