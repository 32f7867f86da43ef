package io.mcpoauth.core.internal.secret;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;

/**
 * A code, refresh token or state: {@code <prefix><id>.<secret>}. The id finds the row; the secret
 * proves the right to it.
 *
 * @param id the primary key of what the token stands for
 * @param secret the whole token text; storage keeps only its hash
 */
public record OpaqueToken(String id, Secret secret) {

  /** The whole token as it goes to its holder. */
  public String expose() {
    return secret.expose();
  }

  /** What storage keeps of it. */
  public SecretHash hash() {
    return secret.hash();
  }
}
