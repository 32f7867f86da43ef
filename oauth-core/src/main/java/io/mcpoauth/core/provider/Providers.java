package io.mcpoauth.core.provider;

import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.net.http.HttpClient;
import java.time.InstantSource;

/** Chooses the provider that a URL calls for. */
public final class Providers {

  private Providers() {}

  /**
   * GitHub for a URL at github.com, and the generic provider for every other one.
   *
   * @param client shared by the application; must follow no redirects
   * @throws IllegalArgumentException when the client follows redirects
   */
  public static IdentityProvider of(
      ProviderSettings settings, HttpClient client, InstantSource clock) {
    return settings.url().getHost().equalsIgnoreCase("github.com")
        ? new GitHubProvider(settings, client, clock)
        : new OpenIdProvider(settings, client, clock);
  }
}
