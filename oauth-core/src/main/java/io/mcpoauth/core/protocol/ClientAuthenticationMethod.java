package io.mcpoauth.core.protocol;

import java.util.Arrays;
import java.util.Optional;

/** How a client authenticates at the token endpoint (RFC 7591 section 2). */
public enum ClientAuthenticationMethod {
  /** A public client: it has no credentials. */
  NONE("none"),
  /** RFC 6749 section 2.3.1, HTTP Basic. */
  CLIENT_SECRET_BASIC("client_secret_basic"),
  /** RFC 6749 section 2.3.1, parameters in the body. */
  CLIENT_SECRET_POST("client_secret_post"),
  /** RFC 7523 section 2.2: an assertion that the client signs with a key of its own. */
  PRIVATE_KEY_JWT("private_key_jwt");

  private final String wireName;

  ClientAuthenticationMethod(String wireName) {
    this.wireName = wireName;
  }

  /** The value as it stands on the wire. */
  public String wireName() {
    return wireName;
  }

  /** Whether clients of this method hold a secret that we issued. */
  public boolean usesSecret() {
    return this == CLIENT_SECRET_BASIC || this == CLIENT_SECRET_POST;
  }

  /** The method of that name; empty when this server does not implement it. */
  public static Optional<ClientAuthenticationMethod> ofWireName(String name) {
    return Arrays.stream(values()).filter(method -> method.wireName.equals(name)).findFirst();
  }
}
