package io.mcpoauth.core.internal.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * The algorithms that a client may sign its assertions with: asymmetric ones that are still good
 * (RFC 8725 section 3.2). All others, {@code none} and the symmetric ones among them, do not exist
 * here.
 */
public enum AssertionAlgorithm {
  /** RFC 7518 section 3.4. */
  ES256("ES256"),
  /** RFC 7518 section 3.3. */
  RS256("RS256"),
  /** RFC 7518 section 3.5. */
  PS256("PS256"),
  /** RFC 8037 section 3.1, with the curve Ed25519. */
  EDDSA("EdDSA");

  private final String wireName;

  AssertionAlgorithm(String wireName) {
    this.wireName = wireName;
  }

  /** The value as it stands in the header {@code alg}. */
  public String wireName() {
    return wireName;
  }

  /** The algorithm of that name; empty when assertions may not be signed with it. */
  public static Optional<AssertionAlgorithm> ofWireName(String name) {
    return Arrays.stream(values()).filter(known -> known.wireName.equals(name)).findFirst();
  }
}
