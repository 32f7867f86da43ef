package io.mcpoauth.core.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Where randomness comes from; tests bring their own. Must be safe for use by several threads. */
@FunctionalInterface
public interface SecretSource {

  /** That many fresh random bytes. */
  byte[] bytes(int count);

  /** An identifier of 128 bits in base64url, 22 characters. */
  default String identifier() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(16));
  }

  /** A secret of 256 bits in base64url, 43 characters. */
  default Secret secret() {
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32)));
  }

  /** The operating system's generator. */
  static SecretSource system() {
    SecureRandom random = new SecureRandom();
    return count -> {
      byte[] bytes = new byte[count];
      random.nextBytes(bytes);
      return bytes;
    };
  }
}
