package io.mcpoauth.core.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The grant types that this server implements (RFC 6749 section 1.3). */
public enum GrantType {
  /** OAuth 2.1 section 4.1. */
  AUTHORIZATION_CODE("authorization_code"),
  /** OAuth 2.1 section 4.3. */
  REFRESH_TOKEN("refresh_token");

  private final String wireName;

  GrantType(String wireName) {
    this.wireName = wireName;
  }

  /** The value as it stands on the wire. */
  public String wireName() {
    return wireName;
  }

  /** The grant type of that name; empty when this server does not implement it. */
  public static Optional<GrantType> ofWireName(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(name)).findFirst();
  }
}
