package io.mcpoauth.runner.config;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.IdentityProviderFactory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** Makes the providers that the operator brought along. */
final class ProviderPlugins {

  private static final Set<String> TAKEN = Set.of("oauth", "google", "microsoft", "github", "demo");

  private ProviderPlugins() {}

  /**
   * The provider of that id.
   *
   * @param settings those that begin with the id, by the rest of their names
   * @throws IllegalArgumentException with a phrase for the operator when there is none or its
   *     settings cannot work
   */
  static IdentityProvider create(Plugins plugins, String id, Map<String, Secret> settings) {
    IdentityProviderFactory factory =
        plugins.find(IdentityProviderFactory.class, IdentityProviderFactory::id, id);
    if (TAKEN.contains(id)) {
      throw new IllegalArgumentException("it names a plug-in by the id of a built-in provider");
    }
    IdentityProvider provider = factory.create(settings, InstantSource.system());
    if (!provider.id().equals(id)) {
      throw new IllegalArgumentException("it names a plug-in whose provider has another id");
    }
    return provider;
  }
}
