package io.mcpoauth.core.spi.provider;

import io.mcpoauth.core.protocol.CodeChallenge;
import java.net.URI;

/**
 * What the provider must be asked with.
 *
 * @param redirectUri our callback
 * @param state must come back unchanged
 * @param codeChallenge of the verifier that {@link SignInCallback} holds
 * @param nonce must stand in the ID token (OpenID Connect Core section 3.1.2.1)
 */
public record SignInRequest(
    URI redirectUri, String state, CodeChallenge codeChallenge, String nonce) {

  /** Neither state nor nonce: whoever reads them in a log could finish the sign-in (LG-01). */
  @Override
  public String toString() {
    return "SignInRequest[" + redirectUri + "]";
  }
}
