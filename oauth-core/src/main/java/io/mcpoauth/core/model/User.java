package io.mcpoauth.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Who signed in, as the provider vouched for it.
 *
 * @param id stable and never recycled: what MCP servers key their data by
 * @param provider the id of the provider that vouched
 * @param email verified by the provider, or null
 * @param name for display only, or null
 */
public record User(String id, String provider, @Nullable String email, @Nullable String name) {

  /**
   * @throws IllegalArgumentException when the id is empty: no token without a stable subject
   */
  public User {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a user needs a stable id");
    }
  }
}
