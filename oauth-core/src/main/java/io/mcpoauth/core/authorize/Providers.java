package io.mcpoauth.core.authorize;

import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The identity providers that users can choose from, with the redirect URI registered at them.
 *
 * @param callback the one redirect URI that operators register
 */
public record Providers(List<IdentityProvider> all, URI callback) {

  /**
   * @throws IllegalArgumentException when there is no provider or two have the same id
   */
  public Providers {
    all = List.copyOf(all);
    if (all.isEmpty() || all.stream().map(IdentityProvider::id).distinct().count() != all.size()) {
      throw new IllegalArgumentException("needs at least one provider, each with its own id");
    }
  }

  Optional<IdentityProvider> find(String id) {
    return all.stream().filter(provider -> provider.id().equals(id)).findFirst();
  }

  /** What the consent page offers. */
  public List<ConsentPage.ProviderChoice> choices() {
    return all.stream()
        .map(provider -> new ConsentPage.ProviderChoice(provider.id(), provider.displayName()))
        .toList();
  }
}
