package io.mcpoauth.runner.config;

import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.provider.TrustedIssuer;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.time.Duration;
import java.util.List;

/**
 * Where users sign in, and which of them may come in.
 *
 * @param providers that are part of the product; the ids of the first one's users may be bare
 * @param plugins providers that the operator brought along
 * @param trustedIssuers whose access tokens are good besides our own
 * @param consentMemory for how long a browser may remember an approval; zero for never
 */
public record SignInConfig(
    List<ProviderSettings> providers,
    List<IdentityProvider> plugins,
    AccessPolicy policy,
    List<TrustedIssuer.Settings> trustedIssuers,
    Duration consentMemory) {

  /** Copies the lists. */
  public SignInConfig {
    providers = List.copyOf(providers);
    plugins = List.copyOf(plugins);
    trustedIssuers = List.copyOf(trustedIssuers);
  }

  /** One provider, whose users may all come in, and are asked each time. */
  public static SignInConfig at(ProviderSettings provider) {
    return new SignInConfig(
        List.of(provider), List.of(), AccessPolicy.everybody(), List.of(), Duration.ZERO);
  }

  /** Plug-ins by their ids alone: how they print themselves is not ours to say. */
  @Override
  public String toString() {
    return "SignInConfig["
        + providers
        + ", "
        + plugins.stream().map(IdentityProvider::id).toList()
        + "]";
  }
}
