package io.mcpoauth.core.spi.provider;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import java.net.URI;

/**
 * What came back from the provider, and what it must be proved with.
 *
 * @param parameters of the callback; {@code state} has been checked
 * @param redirectUri the same as in {@link SignInRequest}
 */
public record SignInCallback(
    Parameters parameters, URI redirectUri, Secret codeVerifier, String nonce) {

  /** The names of the parameters only, and no nonce (LG-01). */
  @Override
  public String toString() {
    return "SignInCallback[" + parameters + ", " + redirectUri + "]";
  }
}
