package io.mcpoauth.runner.lifecycle;

import io.mcpoauth.core.provider.Providers;
import io.mcpoauth.core.provider.TrustedIssuer;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.runner.config.SignInConfig;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Makes the providers of a configuration. */
public final class SignInProviders {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private SignInProviders() {}

  /** All of them, in the order of the consent page; none is asked for anything yet. */
  public static List<IdentityProvider> of(SignInConfig config) {
    HttpClient client = client();
    return Stream.concat(
            config.providers().stream()
                .map(settings -> Providers.of(settings, client, InstantSource.system())),
            config.plugins().stream())
        .toList();
  }

  /** Those who judge the tokens of others. */
  static List<CredentialChecker> trustedIssuers(SignInConfig config) {
    HttpClient client = client();
    return config.trustedIssuers().stream()
        .map(issuer -> TrustedIssuer.of(issuer, client, InstantSource.system()))
        .toList();
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }
}
