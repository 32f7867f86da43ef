package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.SignInRequest;
import java.net.URI;

/** Sign-ins that nobody will finish, to see whether one could begin. */
public final class SignInProbe {

  private SignInProbe() {}

  /** One that would come back there. */
  public static SignInRequest of(URI redirectUri, SecretSource random) {
    return new SignInRequest(
        redirectUri,
        random.secret().expose(),
        CodeChallenge.ofVerifier(random.secret().expose()),
        random.secret().expose());
  }
}
