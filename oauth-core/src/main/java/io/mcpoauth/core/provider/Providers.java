package io.mcpoauth.core.provider;

import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.net.http.HttpClient;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes providers of settings. */
public final class Providers {

  private Providers() {}

  /**
   * The provider of the settings' preset, or else the one that is known by the host of their URL,
   * or else the generic one.
   *
   * @param client shared by the application; must follow no redirects
   * @throws IllegalArgumentException when the client follows redirects
   */
  public static IdentityProvider of(
      ProviderSettings settings, HttpClient client, InstantSource clock) {
    Preset preset = settings.preset();
    if (preset instanceof Preset.GitHub gitHub) {
      return new GitHubProvider(settings, gitHub.organizations(), client, clock);
    }
    return new OpenIdProvider(settings, dialectOf(preset), client, clock);
  }

  private static Dialect dialectOf(@Nullable Preset preset) {
    if (preset instanceof Preset.Google google) {
      return new GoogleDialect(google.hostedDomains());
    }
    return preset instanceof Preset.Microsoft microsoft
        ? new MicrosoftDialect(microsoft)
        : Dialect.STANDARD;
  }
}
